import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { DocumentNode } from 'graphql';
import { BoundedCache } from './bounded-cache.ts';

/** Documents that were parsed and found valid, by the hash of their text. A tree is about 80 times as large as its text. */
export class DocumentCache implements KeyValueCache<DocumentNode> {
  readonly #documents = new BoundedCache<DocumentNode>(1_000, 500_000);

  async get(hash: string): Promise<DocumentNode | undefined> {
    return this.#documents.get(hash);
  }

  async set(hash: string, document: DocumentNode): Promise<void> {
    this.#documents.set(hash, document, document.loc?.end ?? 1);
  }

  async delete(hash: string): Promise<boolean> {
    return this.#documents.delete(hash);
  }
}
