import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { ANONYMOUS } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import type { Identity } from '../access/tokens/identity.ts';
import { enter, inTurnOf, join } from './repositories/accounts.ts';
import type { Sql } from './sql.ts';

/** Puts down, in the transaction of it, that an account was linked to a person of the register; what it gives is called after the commit. */
export type OnLinked = (transaction: Sql, linked: Principal & { readonly accountId: string; readonly personId: string }) => Promise<() => void>;

const never = (): Promise<never> => new Promise(() => undefined);

/**
 * What one request reads and writes. Everything is read in one transaction, begun with the first statement, in which the
 * database knows who asks; each write is a transaction of its own. One connection at a time: what is read before a write
 * is given back first, so that requests never wait for each other's second connection.
 */
export class RequestStore implements Sql {
  readonly #orm: MikroORM;
  /** Whom the request comes from; null: nobody signed in. */
  readonly subject: Identity | null;
  readonly #onLinked: OnLinked | null;
  #reading: Promise<EntityManager> | null = null;
  #principal: Promise<Principal | null> | null = null;
  #isOver = false;
  /** Statements of one connection go one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(orm: MikroORM, subject: Identity | null, onLinked: OnLinked | null = null) {
    this.#orm = orm;
    this.subject = subject;
    this.#onLinked = onLinked;
  }

  /** Who asks; null: a subject of a good token that has no account. Begins the transaction: what is asked with a token reads something. */
  async principal(): Promise<Principal | null> {
    const { subject } = this;
    if (subject === null) return ANONYMOUS;
    const known = await this.#entered();
    // Whom the provider calls a person of the register is linked when first seen.
    if (subject.person === null || known?.personId != null) return known;
    const settle = await this.write(async (transaction) => {
      // Of several first requests that come at once one links, and all others find it done.
      await inTurnOf(transaction, subject);
      if ((await enter(transaction, subject))?.personId != null) return null;
      await join(transaction, { ...subject, kind: subject.isClient ? 'client' : 'person' });
      if (!this.#onLinked) return null;
      // From here on the database knows the account, also one that was made just now.
      const now = await enter(transaction, subject);
      return now?.accountId != null && now.personId !== null ? this.#onLinked(transaction, { ...now, accountId: now.accountId, personId: now.personId }) : null;
    });
    settle?.();
    return this.#entered();
  }

  async #entered(): Promise<Principal | null> {
    await this.#begin();
    return this.#principal ?? null;
  }

  async execute<Row extends object>(query: string, params: readonly unknown[] = []): Promise<Row[]> {
    try {
      const em = await this.#begin();
      const answer = this.#last.then(() => em.execute<Row[]>(query, [...params]));
      this.#last = answer.catch(() => undefined);
      return (await answer) as Row[];
    } catch (error) {
      if (this.#isOver) return never();
      throw error;
    }
  }

  /** Something written, committed when this returns; nothing of it stays when it throws. */
  async write<Result>(work: (transaction: EntityManager) => Promise<Result>): Promise<Result> {
    await this.finish();
    if (this.#isOver) return never();
    return this.#orm.em.fork().transactional(async (em) => {
      if (this.subject) await enter(em, this.subject);
      return work(em);
    });
  }

  /**
   * Gives the connection back for good. A request is over while some of its fields still run, where another has left
   * nothing of the answer: what they would read begins a transaction that nobody would end. They wait for ever, since nobody
   * waits for them: an error that nobody hears would end the process.
   */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.finish();
  }

  /** Gives the connection back. What is read later begins anew. */
  async finish(): Promise<void> {
    const reading = this.#reading;
    if (!reading) return;
    this.#reading = null;
    const em = await reading.catch(() => null);
    if (!em) return;
    await this.#last;
    // Nothing was written: a transaction that cannot be committed has read all the same.
    await em.commit().catch(() => em.rollback().catch(() => undefined));
  }

  #begin(): Promise<EntityManager> {
    if (!this.#reading) {
      if (this.#isOver) return never();
      this.#reading = this.#open();
      this.#reading.catch(() => undefined);
    }
    return this.#reading;
  }

  async #open(): Promise<EntityManager> {
    const em = this.#orm.em.fork();
    const begun = em.begin();
    const subject = this.subject;
    if (subject) {
      this.#principal = begun.then(() => enter(em, subject));
      this.#principal.catch(() => undefined);
    }
    try {
      await begun;
      await this.#principal;
    } catch (error) {
      await em.rollback().catch(() => undefined);
      throw error;
    }
    return em;
  }
}
