import { describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import { CreateBuildSchema } from '@showrunner/contracts';
import { z } from 'zod';
import { describeService } from './describe-service';
import { mergeServices } from './merge-services';
import { Operation, Tag } from './operation';

const CardSchema = z.object({ id: z.string(), text: z.string().default('') });
const BodySchema = z.preprocess((body) => body ?? {}, CreateBuildSchema);
const QuerySchema = z.object({ path: z.string(), limit: z.coerce.number().default(5) });

@Tag('projects')
@Controller('api/cards')
class CardsController {
  @Operation({ id: 'addCard', permission: 'write', summary: 'Add one', answer: CardSchema, problems: [409] })
  @Post(':board')
  @HttpCode(202)
  add(
    @Param('board') board: string,
    @Body({ schema: BodySchema }) _body: unknown,
  ): z.infer<typeof CardSchema> {
    return { id: board, text: '' };
  }

  @Operation({ id: 'listCards', permission: 'read', summary: 'All', answer: z.array(CardSchema) })
  @Get()
  list(@Query({ schema: QuerySchema }) _query: unknown): z.infer<typeof CardSchema>[] {
    return [];
  }
}
@Module({ controllers: [CardsController] })
class CardsModule {}

const described = describeService({ service: 'board', modules: [CardsModule] });
const [add, list] = described.operations;

describe('describeService', () => {
  it('reads method, path, status, parameters and body from the decorators of Nest', () => {
    expect(add).toMatchObject({
      method: 'post',
      path: '/api/cards/{board}',
      operation: {
        operationId: 'addCard',
        tags: ['projects'],
        parameters: [{ name: 'board', in: 'path', required: true }],
        'x-permission': 'write',
        'x-service': 'board',
      },
    });
    expect(list?.operation['parameters']).toEqual([
      { name: 'path', in: 'query', required: true, schema: { type: 'string' } },
      { name: 'limit', in: 'query', schema: { type: 'number', default: 5 } },
    ]);
  });

  it('describes a body that is mended first as what it is mended to, and knows that it can be left out', () => {
    expect(add?.operation['requestBody']).toEqual({
      required: false,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateBuildInput' } } },
    });
    expect(described.schemas['CreateBuildInput']).toMatchObject({ type: 'object' });
  });

  it('adds the problems that follow from a route to those that its description names', () => {
    const statusesOf = (operation: unknown): string[] =>
      Object.keys((operation as { responses: object }).responses);
    expect(statusesOf(add?.operation)).toEqual([
      ...['202', '400', '401', '403', '404', '409', '413', '415', '500', '502', '503', '504'],
    ]);
    expect(statusesOf(list?.operation)).toEqual(['200', '400', '401', '403', '500', '502', '503', '504']);
  });

  it('refuses a route without description', () => {
    @Tag('runs')
    @Controller()
    class SilentController {
      @Get()
      get(): void {}
    }
    @Module({ controllers: [SilentController] })
    class SilentModule {}
    expect(() => describeService({ service: 'x', modules: [SilentModule] })).toThrow(
      expect.objectContaining({ code: 'route_not_described' }),
    );
  });

  it('does not take a module whose controllers are dynamic for one without routes', () => {
    @Module({})
    class DynamicModule {}
    expect(() => describeService({ service: 'x', modules: [DynamicModule] })).toThrow(
      expect.objectContaining({ code: 'module_without_controllers' }),
    );
  });
});

describe('mergeServices', () => {
  it('refuses what two services describe', () => {
    expect(() => mergeServices([described, described])).toThrow(
      expect.objectContaining({ code: 'description_conflict' }),
    );
  });

  it('refuses one name for two schemas', () => {
    const other = { operations: [], schemas: { Problem: { type: 'string' } } };
    expect(() => mergeServices([described, other])).toThrow(
      expect.objectContaining({ code: 'description_conflict' }),
    );
  });
});
