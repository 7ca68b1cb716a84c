import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HEADS_FOLDER, headLines, HeadSigner } from '../../src/records/chain-head.ts';
import type { ChainHead } from '../../src/records/chain-head.ts';
import { HeadWriter } from '../../src/records/head-writer.ts';
import type { HeadWriterOptions } from '../../src/records/head-writer.ts';
import { headSigner, recordKeys } from '../../src/records/record-secrets.ts';
import { StartError } from '../../src/start-error.ts';
import { eventually } from '../support/processes.ts';

const signer = new HeadSigner([Buffer.alloc(32, 1)]);
const head = (seq: number, change: Partial<ChainHead> = {}): ChainHead => ({ table: 'audit_trail', chain: 'audit', seq: BigInt(seq), link: Buffer.alloc(32, seq), ...change });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shixun-heads-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const writer = (options: Partial<HeadWriterOptions> = {}): HeadWriter => new HeadWriter({ dataFolder: folder, signer, clock: () => Date.parse('2026-11-26T00:00:00Z'), everyMs: 20, ...options });
const written = () => headLines(folder).map(({ text }) => signer.read(text));
const seqs = () => written().map((read) => Number(read?.head.seq));

describe('chain heads', () => {
  test('are written after a while, the furthest of each chain, signed', async () => {
    const heads = writer();
    for (const seq of [1, 3, 2]) heads.advanced(head(seq));
    heads.advanced(head(9, { table: 'access_record', chain: 'one' }));
    await eventually(() => headLines(folder).length === 2);
    expect(written()).toEqual([
      { head: head(3), at: '2026-11-26T00:00:00.000Z', isOurs: true },
      { head: head(9, { table: 'access_record', chain: 'one' }), at: '2026-11-26T00:00:00.000Z', isOurs: true },
    ]);
    heads.advanced(head(4));
    await heads.close();
    expect(seqs()).toEqual([3, 9, 4]);
    expect(statSync(join(folder, HEADS_FOLDER, readdirSync(join(folder, HEADS_FOLDER))[0] ?? '')).mode & 0o077).toBe(0);
  });

  test('that somebody else signed, or that were changed, are foreign; what is no head is none', () => {
    const line = signer.line(head(5), 0);
    expect(new HeadSigner([Buffer.alloc(32, 2)]).read(line)?.isOurs).toBe(false);
    expect(new HeadSigner([Buffer.alloc(32, 2), Buffer.alloc(32, 1)]).read(line)?.isOurs).toBe(true);
    expect(signer.read(line.replace('"seq":"5"', '"seq":"4"'))?.isOurs).toBe(false);
    for (const none of ['', 'null', '{}', line.slice(0, 50), line.replace('"5"', '5')]) expect(signer.read(none)).toBeNull();
  });

  test('on a full disk are told of once, cost nothing, and are written when there is room again', async () => {
    const told: (string | undefined)[] = [];
    let isFull = true;
    const append = async (path: string, text: string): Promise<void> => {
      if (isFull) {
        // What a full disk still took.
        appendFileSync(path, text.slice(0, 30));
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      }
      appendFileSync(path, text);
    };
    const heads = writer({ append, onTrouble: (error) => void told.push(error?.code) });
    heads.advanced(head(1));
    await heads.flush();
    await heads.flush();
    expect(heads.trouble?.code).toBe('ENOSPC');
    expect(told).toEqual(['ENOSPC']);
    heads.advanced(head(2));
    isFull = false;
    await eventually(() => heads.trouble === null);
    await heads.close();
    expect(told).toEqual(['ENOSPC', undefined]);
    expect(written().filter((read) => read !== null)).toEqual([expect.objectContaining({ head: head(2), isOurs: true })]);
  });

  test('of a long-running process are thinned; the last of each chain stays', async () => {
    const heads = writer();
    heads.advanced(head(1, { table: 'access_record', chain: 'idle' }));
    await heads.flush();
    for (let seq = 1; seq <= 90; seq++) {
      for (let chain = 0; chain < 40; chain++) heads.advanced(head(seq, { chain: `chain-${chain}` }));
      await heads.flush();
    }
    const lines = headLines(folder);
    expect(lines.length).toBeLessThan(3_000);
    const last = new Map(lines.map(({ text }) => signer.read(text)).map((read) => [read?.head.chain, Number(read?.head.seq)]));
    expect([...last.values()].filter((seq) => seq === 90)).toHaveLength(40);
    expect(last.get('idle')).toBe(1);
  });
});

describe('the keys', () => {
  test('are made in the data folder when they are first needed, and stay', () => {
    const id = recordKeys(null, folder).id;
    expect(recordKeys(null, folder).id).toBe(id);
    const line = headSigner(folder).line(head(1), 0);
    expect(headSigner(folder).read(line)?.isOurs).toBe(true);
    expect(readFileSync(join(folder, 'head-key.pub'), 'utf8')).toContain('BEGIN PUBLIC KEY');
    for (const name of ['audit-key', 'head-key']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  test('former ones stay behind the current one', () => {
    const [first, second] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
    const sealed = recordKeys(first ?? '', folder).seal('text', 'place');
    const both = recordKeys(`${second},${first}`, folder);
    expect(both.unseal(sealed, 'place')).toBe('text');
    expect(both.id).toBe(recordKeys(second ?? '', folder).id);
    expect(() => both.unseal(sealed, 'another place')).toThrow();
    expect(() => recordKeys(second ?? '', folder).unseal(sealed, 'place')).toThrow(/no key/);
  });

  test('that are damaged, or cannot be kept, are told', () => {
    writeFileSync(join(folder, 'audit-key'), 'short');
    expect(() => recordKeys(null, folder)).toThrow(StartError);
    writeFileSync(join(folder, 'file'), '');
    expect(() => headSigner(join(folder, 'file', 'below'))).toThrow(StartError);
  });
});
