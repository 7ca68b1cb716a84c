import { Migrator } from '@mikro-orm/migrations';
import { defineConfig } from '@mikro-orm/postgresql';
import { readConfig } from './src/config.ts';
import { entities } from './src/persistence/entities/entities.ts';
import { migrations } from './src/persistence/migrations/migrations.ts';
import { ormOptions } from './src/persistence/orm-options.ts';

// For the command line of the mapper: DATABASE_URL=postgres://... npx mikro-orm migration:list
const { url, ownerUrl, limits } = readConfig(process.env).database;
export default defineConfig({ ...ormOptions(ownerUrl ?? url ?? 'postgres://127.0.0.1/shixun', limits, entities), extensions: [Migrator], migrations: { migrationsList: migrations, snapshot: false } });
