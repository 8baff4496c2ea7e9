import { Module } from '@nestjs/common';
import { Deletions } from '@showrunner/service/deletions';
import { KeysController } from './keys.controller';
import { TenantsController } from './tenants.controller';

@Module({ controllers: [TenantsController, KeysController], providers: [Deletions] })
export class TenantsModule {}
