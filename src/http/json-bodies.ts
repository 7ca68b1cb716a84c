import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';

/** The body of a request is text of another encoding: `byte`, counted from 1, is part of no letter. */
export class NotUtf8 extends Error {
  readonly byte: number;

  constructor(byte: number) {
    super('not UTF-8');
    this.name = 'NotUtf8';
    this.byte = byte;
  }
}

/** Bodies are read as UTF-8 and as nothing else: replaced by a sign, what somebody wrote in another encoding would be stored as something else. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isUtf8(body)) void parse(request, body.toString(), done);
    else done(new NotUtf8(firstForeign(body)));
  });
}

const SIGN = Buffer.from('\ufffd');

/** Where the first byte stands that no letter has, counted from 1. */
function firstForeign(body: Buffer): number {
  const read = body.toString();
  let byte = 0;
  let from = 0;
  for (let at = read.indexOf('\ufffd'); at >= 0; at = read.indexOf('\ufffd', at + 1)) {
    byte += Buffer.byteLength(read.slice(from, at));
    from = at;
    // The sign itself may have been written.
    if (!body.subarray(byte, byte + SIGN.length).equals(SIGN)) return byte + 1;
  }
  return 1;
}
