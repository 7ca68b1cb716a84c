import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

interface Page {
  readonly gzipped: Buffer;
  readonly tag: string;
}

/** Everything is in the page; nothing may be loaded from elsewhere, whatever is typed into it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob: data:',
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  "connect-src 'self' data: blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The query that a newcomer finds in GraphiQL, with comments, ready to run. */
export const DEFAULT_QUERY = `# 师训 Shixun
#
# 按 Ctrl-Enter 运行光标所在的查询。Press Ctrl-Enter to run the query at the cursor.
# 左侧的书本图标打开文档。The book icon on the left opens the documentation.

# 教师学分是否修满?任职地的规定说了算。Are teachers done? The rules of the place of employment decide.
query People {
  teachers(first: 5) {
    totalCount
    nodes {
      name
      institution { name }
      jurisdiction { name }
      assessment(decision: "creditCompletion") {
        assessment { verdict reasons { message } gap { amount unitLabel } }
        userErrors { message }
      }
    }
  }
}

# 哪些地方有自己的规则?Which places have rules of their own?
query Places {
  jurisdictions(withOwnRules: true) {
    nodes { code name plugins }
  }
}

# 一个地方能回答哪些问题,看哪些事实?换成上面的代码再试。
# Which questions does a place answer, and from which facts? Try a code from above.
query Questions {
  decisions(jurisdiction: "CN") {
    name
    question
    rules { id clause summary }
    facts { name meaning kind unit }
  }
}

# 规则是什么?What is the rule?
query Rulebook {
  rulebook(jurisdiction: "CN") {
    hash
    from
    to
    rules { id kind summary params document { title number evidence } }
  }
}
`;

/** GraphiQL as one page of 9 MB: rendered and packed when a browser first asks for it, then kept packed. */
export class GraphiqlPage {
  #page: Promise<Page> | undefined;
  readonly #defaultQuery: string;
  readonly #beside: string;

  /** `beside`: what stands in the page beside GraphiQL. */
  constructor(defaultQuery: string, beside: string) {
    this.#defaultQuery = defaultQuery;
    this.#beside = beside;
  }

  async send(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { gzipped, tag } = await (this.#page ??= render(this.#defaultQuery, this.#beside));
    reply.header('etag', tag).header('cache-control', 'no-cache').header('vary', 'accept, accept-encoding').header('content-security-policy', POLICY).header('x-content-type-options', 'nosniff');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    reply.type('text/html; charset=utf-8');
    if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.header('content-encoding', 'gzip').send(gzipped);
    return reply.send(await promisify(gunzip)(gzipped));
  }
}

async function render(defaultQuery: string, beside: string): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({ title: '师训 Shixun', endpoint: '/graphql', defaultQuery, schemaDescription: true, inputValueDeprecation: true });
  const end = html.lastIndexOf('</body>');
  const gzipped = await promisify(gzip)(`${html.slice(0, end)}${beside}${html.slice(end)}`);
  return { gzipped, tag: `"${createHash('sha256').update(gzipped).digest('base64url').slice(0, 22)}"` };
}

/** Whether a browser asks to see a page, and not a program for data. */
export const wantsPage = ({ method, headers }: FastifyRequest): boolean => method === 'GET' && headers.accept?.includes('text/html') === true && !headers.accept.includes('application/json') && !headers.accept.includes('application/graphql-response+json');
