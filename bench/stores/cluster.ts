import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../src/persistence/embedded/embedded-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A server of the product's own kind in a temporary folder, with databases to come and go. */
export interface Cluster {
  /** For files beside the server. */
  readonly folder: string;
  url(database: string): string;
  /** An empty database, or the copy of one. The server has put all of it on the disk. */
  create(database: string, template?: string): Promise<void>;
  drop(database: string): Promise<void>;
  /** Ends the server and removes the folder. */
  stop(): Promise<void>;
}

export async function temporaryCluster(): Promise<Cluster> {
  const folder = temporaryFolder();
  const server = await startEmbedded(join(folder.path, 'data'), 'owner');
  const administer = async (...statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    folder: folder.path,
    url: (database) => Object.assign(new URL(server.url), { pathname: `/${database}` }).href,
    create: (database, template) => administer(`create database ${database}${template ? ` template ${template}` : ''}`, 'checkpoint'),
    drop: (database) => administer(`drop database if exists ${database} with (force)`),
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}
