import { z } from 'zod';

/** What can be made of a prompt, and what a template is of. */
export const APP_KINDS = ['webapp', 'api', 'script'] as const;
export const AppKindSchema = z.enum(APP_KINDS);
export type AppKind = z.infer<typeof AppKindSchema>;

/** Letters, digits and `-`: the name of a folder. */
export const TemplateNameSchema = z
  .string()
  .max(40)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be the name of a template, as GET /api/templates lists them');

/** An app that is there already, to begin with. */
export const TemplateSchema = z.object({
  name: TemplateNameSchema,
  title: z.string().min(1).max(60),
  description: z.string().min(1).max(200),
  /** What it is made with, in words. */
  stack: z.string().min(1).max(60),
  kind: AppKindSchema,
});
export type Template = z.infer<typeof TemplateSchema>;

/** Answer of `GET /api/templates`. */
export const TemplatesSchema = z.object({ data: z.array(TemplateSchema) });
