import { DEMO_IDENTITIES, demoSubject } from '../access/tokens/demo-identities.ts';
import { DEVELOPMENT_KEY_FILE, issueToken } from '../access/tokens/development-issuer.ts';
import { readConfig } from '../config.ts';
import { nearestNames } from '../kernel/nearest.ts';
import { dataFolder } from '../persistence/embedded/data-folder.ts';
import { secretIn } from '../persistence/embedded/secret.ts';
import { describeStartError, StartError } from '../start-error.ts';

interface Output {
  out(text: string): void;
  error(text: string): void;
}

const USAGE = `npm run token -- --as <identity> [--hours <1-720>]
  Prints an access token of the development issuer: for trying the product out, never in production.
  打印演示用的访问令牌;不得用于生产。
  identities 身份: ${Object.keys(DEMO_IDENTITIES).join(', ')}
`;

/** Prints a token on one line. 0: done. 2: what was asked cannot be understood, or there is a provider of sign-in. */
export async function printToken(given: readonly string[], environment: Readonly<Record<string, string | undefined>>, output: Output): Promise<0 | 1 | 2> {
  const asked = readArguments(given);
  if ('problem' in asked) {
    output.error(`${asked.problem}\n${USAGE}`);
    return 2;
  }
  try {
    const config = readConfig(environment);
    if (config.tokens.issuers.length > 0) {
      output.error('有身份提供者(OIDC_ISSUER)时没有演示令牌,请向它登录。 With a provider (OIDC_ISSUER) there are no demo tokens: sign in there.\n');
      return 2;
    }
    const folder = config.database.url === null ? dataFolder(config.database.dataFolder).root : config.database.dataFolder;
    output.out(`${await issueToken(secretIn(folder, DEVELOPMENT_KEY_FILE), config.tokens.audience, demoSubject(asked.name), DEMO_IDENTITIES[asked.name]?.isClient ?? false, asked.hours)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    output.error(describeStartError(error));
    return 1;
  }
}

function readArguments(given: readonly string[]): { readonly name: string; readonly hours: number } | { readonly problem: string } {
  const words = given.flatMap((word) => (/^--\w+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word]));
  let [name, hours] = ['', 12];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const value = words.shift();
    if (word === '--as' && value !== undefined) name = value;
    else if (word === '--hours' && value !== undefined && /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 720) hours = Number(value);
    else return { problem: `${word} ${value ?? ''}: ?` };
  }
  if (name in DEMO_IDENTITIES) return { name, hours };
  const nearest = nearestNames(name, Object.keys(DEMO_IDENTITIES));
  return { problem: `--as ${name || '?'}: 没有这个身份 no such identity${nearest.length > 0 ? `; ${nearest.join(', ')}?` : ''}` };
}
