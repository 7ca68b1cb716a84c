import type { Tape } from './tape.ts';

/** What is sent on a connection of its own, and whether it is so bad that only a refusal fits it. */
export interface Bytes {
  readonly kind: string;
  readonly sent: Buffer;
}

const QUERY = '{"query":"{ about { name } }","variables":{"a":[1,2,{"b":null}],"c":"师训"},"operationName":null}';
const NOTHING = Buffer.alloc(0);

type Headers = readonly (readonly [name: string, value: string])[];

function request(body: Buffer, { method = 'POST', target = '/graphql', version = 'HTTP/1.1', headers = [['Content-Type', 'application/json']], length = String(body.length) }: { method?: string; target?: string; version?: string; headers?: Headers; length?: string | null } = {}): Buffer {
  const lines = [`${method} ${target} ${version}`, 'Host: x', ...headers.map(([name, value]) => `${name}: ${value}`), ...(length === null ? [] : [`Content-Length: ${length}`]), 'Connection: close'];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

const changed = (body: Buffer, tape: Tape): Buffer => {
  const made = Buffer.from(body);
  for (let left = tape.whole(1, 6); left > 0; left--) made[tape.whole(0, made.length - 1)] = tape.whole(0, 255);
  return made;
};

/** Bodies that are none, by kind. */
const BODIES: Readonly<Record<string, (tape: Tape) => Buffer>> = {
  'a body with other bytes': (tape) => changed(Buffer.from(QUERY), tape),
  'a body cut short': (tape) => Buffer.from(QUERY).subarray(0, tape.whole(0, Buffer.byteLength(QUERY) - 1)),
  'broken UTF-8': (tape) => Buffer.concat([Buffer.from('{"query":"{ about { name } }'), Buffer.from(tape.pick([[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xc0, 0x80]])), Buffer.from('"}')]),
  'random bytes': (tape) => Buffer.from(Array.from({ length: tape.whole(1, 300) }, () => tape.whole(0, 255))),
  'JSON that is no request': (tape) => Buffer.from(tape.pick(['null', '1', '"x"', '[]', 'true', '{}', '{"query":null}', '{"query":7}', '{"query":{}}', '{"query":["a"]}', '{"query":"{about{name}}","variables":[]}', '{"query":"{about{name}}","variables":"x"}', '{"query":"{about{name}}","operationName":5}', '{"query":"{about{name}}","extensions":1}', '[{"query":"{about{name}}"}]'])),
  'JSON that is none': (tape) => Buffer.from(tape.pick(["{'query':'{about{name}}'}", '{"query":"{about{name}}",}', '{"query":NaN}', '{"query":undefined}', '{"query":"\t"}', '{"query":"{about{name}}"} {}', '{"query":"\\x"}', '{"a":01}', '\u0000', '\ufeff\ufeff{}', '{"__proto__":{"query":"{about{name}}"}}', '{"constructor":{"prototype":1}}'])),
  'brackets inside brackets': (tape) => Buffer.from(tape.pick(['[', '{"a":']).repeat(tape.whole(1_000, 50_000))),
  'a query that is none': (tape) => Buffer.from(JSON.stringify({ query: tape.pick(['', ' ', '{', '}', '{ about', 'query', '{ about { name } } }', '{ about { nothing } }', '"', '\u0000', '{ about { name(', '# x', 'fragment F on About { name }', 'subscription { about { name } }', '🎉', '{ about { name @ } }', '{ a: about }']) })),
  'too much': (tape) => Buffer.from(`{"query":"{ about { name } }","variables":{"x":"${'a'.repeat(2_000_000 + tape.whole(0, 50_000))}"}}`),
  nothing: () => NOTHING,
};

/** Requests around a good body. */
const REQUESTS: Readonly<Record<string, (tape: Tape) => Buffer>> = {
  'another media type': (tape) => request(Buffer.from(QUERY), { headers: tape.pick<Headers>([[], [['Content-Type', 'text/plain']], [['Content-Type', '']], [['Content-Type', 'application/json; charset=utf-7']], [['Content-Type', 'application/graphql']], [['Content-Type', '\u00ff']], [['Content-Type', 'application/x-www-form-urlencoded']], [['Content-Type', 'application/json'], ['Content-Encoding', 'gzip']]]) }),
  'another length': (tape) => request(Buffer.from(QUERY), { length: tape.pick(['-1', '5', 'x', '0x10', '1e3', '99999999999999999999', '+5', '5, 6', ' ']) }),
  'a length too long': (tape) => request(Buffer.from(QUERY), { length: String(Buffer.byteLength(QUERY) + tape.whole(1, 1_000)) }),
  'another method': (tape) => request(tape.chance(50) ? Buffer.from(QUERY) : NOTHING, { method: tape.pick(['PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'BREW', 'get', '', 'P\u00d6ST']) }),
  'another target': (tape) => request(NOTHING, { method: 'GET', length: null, headers: [], target: tape.pick(['/graphql?query=%', '/graphql?query=%ff%fe', '/graphql?query=%7Babout', '/graphql?query=mutation%7Ba%7D', '/graphql?variables=%7B', `/graphql?query=${'a'.repeat(20_000)}`, '/graphql?query=%00', '/../../etc/passwd', '//graphql', '/%2e%2e/', '*', 'http://[::::/graphql', '/nothing', '\u00ff', '/graphql?query=a&query=b', '/import/nothing', '/demo/token?as=__proto__']) }),
  'another version': (tape) => request(Buffer.from(QUERY), { version: tape.pick(['HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'HTTP', 'HTTP/1.1 x', '']) }),
  'headers that are none': (tape) => request(Buffer.from(QUERY), { headers: [['Content-Type', 'application/json'], tape.pick<readonly [string, string]>([['X Y', '1'], ['', '1'], ['X', 'a\u0000b'], ['X', `${'a'.repeat(20_000)}`], ['X\u00ff', '1'], ['Host', 'y'], ['Transfer-Encoding', 'chunked'], ['Transfer-Encoding', 'nothing'], ['Expect', 'nothing'], ['X', 'a\rb'], ['X', 'a\nb']])] }),
  'hundreds of headers': (tape) => request(Buffer.from(QUERY), { headers: [['Content-Type', 'application/json'], ...Array.from({ length: tape.whole(500, 3_000) }, (_, index): readonly [string, string] => [`X-${index}`, 'y'])] }),
  'a token that is none': (tape) => request(Buffer.from(QUERY.replace('{ about { name } }', '{ viewer { name } }')), { headers: [['Content-Type', 'application/json'], ['Authorization', tape.pick(['Bearer', 'Bearer ', 'Bearer x', 'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Basic eDp5', `Bearer ${'a'.repeat(9_000)}`, 'Bearer \u00ff', 'Bearer a b'])]] }),
  'chunks that are none': (tape) => {
    const body = tape.pick(['zz\r\n{}\r\n0\r\n\r\n', '-1\r\n', 'ffffffffffffffffff\r\n', `5;${'x'.repeat(20_000)}\r\n`, '2\r\n{}x\r\n0\r\n\r\n', '\r\n\r\n', '3\r\n{}\r\n', '0\r\nX: \u0000\r\n\r\n', '5\n{"a"}\n0\n\n']);
    return request(Buffer.from(body, 'latin1'), { length: null, headers: [['Content-Type', 'application/json'], ['Transfer-Encoding', 'chunked']] });
  },
  'no HTTP': (tape) => tape.pick([Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'latin1'), Buffer.from('HELO x\r\n\r\n'), Buffer.from('\r\n\r\n\r\n\r\nx\r\n\r\n'), Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), changed(request(Buffer.from(QUERY)), tape)]),
};

/** Requests of which most are none at all: bytes that no client would send. */
export function badBytes(tape: Tape): Bytes {
  const isBody = tape.chance(50);
  const [kind, make] = tape.pick(Object.entries(isBody ? BODIES : REQUESTS));
  const made = make(tape);
  return { kind, sent: isBody ? request(made) : made };
}
