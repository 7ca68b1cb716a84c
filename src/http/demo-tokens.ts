import type { FastifyInstance } from 'fastify';
import { issueToken } from '../access/tokens/development-issuer.ts';
import { DEMO_IDENTITIES, demoSubject } from '../access/tokens/demo-identities.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { say } from '../i18n/server-messages.ts';
import { sendError } from './client-error.ts';
import { isLocalProgram } from './local-access.ts';

/** For how long the page's token is good. */
const HOURS = 12;

/** `GET /demo/token?as=<identity>`: for GraphiQL on this machine, where the product issues tokens itself. */
export function addDemoTokens(app: FastifyInstance, secret: string, audience: string): void {
  app.get<{ Querystring: { as?: unknown } }>('/demo/token', async (request, reply) => {
    if (!isLocalProgram(request)) return sendError(reply, 403, ErrorCode.FORBIDDEN, say(request.language, 'token.localOnly'));
    const { as } = request.query;
    const identity = typeof as === 'string' ? DEMO_IDENTITIES[as] : undefined;
    if (typeof as !== 'string' || !identity) return sendError(reply, 404, ErrorCode.NOT_FOUND, say(request.language, 'token.noIdentity', { names: Object.keys(DEMO_IDENTITIES) }));
    return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(await issueToken(secret, audience, demoSubject(as), identity.isClient ?? false, HOURS));
  });
}

/** What the page gets beside GraphiQL: a choice of demo identities, whose token goes with each query. Nothing is loaded from elsewhere. */
export const demoChooser = (): string => `
<label style="position:fixed;right:12px;bottom:8px;z-index:99;font:13px sans-serif;background:#fff;color:#222;border:1px solid #bbb;border-radius:6px;padding:4px 8px">演示身份 Demo identity
<select id="shixun-identity"><option value="">—</option>${Object.keys(DEMO_IDENTITIES).map((name) => `<option>${name}</option>`).join('')}</select></label>
<script>(() => {
  const choice = document.getElementById('shixun-identity');
  const ask = window.fetch.bind(window);
  const tokens = new Map();
  choice.value = localStorage.getItem('shixun-identity') ?? 'authority';
  choice.addEventListener('change', () => localStorage.setItem('shixun-identity', choice.value));
  const tokenOf = (name) => {
    if (!tokens.has(name)) tokens.set(name, ask('/demo/token?as=' + encodeURIComponent(name)).then((answer) => (answer.ok ? answer.text() : null)));
    return tokens.get(name);
  };
  window.fetch = async (target, options = {}) => {
    const headers = new Headers(options.headers);
    const token = choice.value && !headers.has('authorization') ? await tokenOf(choice.value) : null;
    if (token) headers.set('authorization', 'Bearer ' + token);
    return ask(target, { ...options, headers });
  };
})();</script>`;
