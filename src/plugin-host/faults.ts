import type { Text } from '../kernel/text.ts';
import { text } from '../kernel/text.ts';

/** Every kind of fault for which a plugin is refused, with what it means. */
export const FAULTS = {
  IMPURE_LOAD: text('导入插件时出错:插件在导入时不得依赖环境', 'fails when it is imported: a plugin asks nothing of its surroundings'),
  CONTRACT_VERSION: text('插件按另一版本的契约编写', 'was written for another version of the contract'),
  MANIFEST_SHAPE: text('插件清单的形式不符合契约', 'the manifest is not of the shape that the contract asks for'),
  NAME_MISMATCH: text('名称与所在位置不符', 'a name does not agree with where it stands'),
  DUPLICATE_NAME: text('同一名称使用了两次', 'one name stands for two things'),
  UNKNOWN_JURISDICTION: text('地区代码无效', 'is no division of the country'),
  DUPLICATE_JURISDICTION: text('同一地区代码声明了两次', 'one code stands for two places'),
  DUPLICATE_RULE_ID: text('同一规则编号在同一天有两个版本,或被两处使用', 'two versions of a rule on one day, or one id for two rules'),
  UNDECLARED_GAP: text('前后相继的规定之间有若干天无规则,且未声明', 'days without a rule between two that follow each other, and nothing says that this is meant'),
  UNKNOWN_DOCUMENT: text('引用了未声明的文件', 'names a document that is not declared'),
  RULE_OUTSIDE_DOCUMENT: text('规则的施行期与其文件的施行期不相交', 'is in force on no day of its document'),
  INVALID_PERIOD: text('日期不存在,或起止颠倒', 'a day that does not exist, or an end before the beginning'),
  UNKNOWN_FACT: text('读取了未声明的事实', 'reads a fact that is not declared'),
  FACT_TYPE: text('事实的类型与用法不符', 'a fact is of a type that cannot be used so'),
  UNKNOWN_PARAM: text('引用了不存在或不是所需类型的参数', 'names a parameter that is not there or is no such figure'),
  UNKNOWN_RULE: text('引用了不存在的规则', 'names a rule that is not there'),
  UNKNOWN_LEDGER: text('引用了未声明的账目', 'names a ledger that is not declared'),
  UNKNOWN_COORDINATE: text('引用了账目中没有的池、坐标或取值', 'names a pool, coordinate or value that the ledger does not have'),
  OFFSET_CYCLE: text('冲抵形成循环', 'offsets lead in a circle'),
  UNKNOWN_MESSAGE: text('引用了不存在的文句', 'names a sentence that is not there'),
  UNDECIDED_RULE: text('规则可以判定,但没有任何判定项使用它', 'can decide, and no decision asks it'),
  DUPLICATE_DECISION: text('同名判定项声明了两次', 'two decisions of one name'),
  UNSATISFIABLE_ROW: text('该项要求无论如何都无法满足', 'asks for units where none can be added'),
  RULE_CYCLE: text('规则互相引用形成循环', 'rules refer to each other in a circle'),
  MINIMA_WITHOUT_RANGE: text('允许公布下限,但没有任何规则给出区间', 'minima may be published, and no rule has a range for them'),
} as const satisfies Record<string, Text>;
export type FaultCode = keyof typeof FAULTS;

/** One thing that is wrong with a plugin. `path` leads to it inside the manifest, rules and the like by their ids. */
export interface Fault {
  readonly code: FaultCode;
  readonly plugin: string;
  readonly path: string;
  readonly found: string;
  readonly expected: Text;
  /** Known names that look like what was found, the nearest first. */
  readonly nearest: readonly string[];
}

/** How a check of one plugin says what it has found. */
export type Report = (code: FaultCode, path: string, found: unknown, expected: Text, nearest?: readonly string[]) => void;

export const reportInto = (faults: Fault[], plugin: string): Report => (code, path, found, expected, nearest = []) => void faults.push({ code, plugin, path, found: shown(found), expected, nearest });

/** A value as it stands in a fault: short, and on one line. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '—';
  if (typeof value === 'function') return 'function';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}

const WORDS = {
  zh: { faults: (count: number, plugins: number) => `${plugins}个插件中有${count}处错误,未启动。请改正后再启动,或移走该插件:`, found: '实为', expected: '应为', nearest: '是否指' },
  en: { faults: (count: number, plugins: number) => `${count} ${count === 1 ? 'fault' : 'faults'} in ${plugins} ${plugins === 1 ? 'plugin' : 'plugins'}; nothing was started. Mend ${count === 1 ? 'it' : 'them'}, or take the plugin away:`, found: 'found', expected: 'expected', nearest: 'did you mean' },
} as const;

/** All faults as a text for whoever starts the service: by plugin, each with place, finding and what would be right. */
export function formatFaults(faults: readonly Fault[], language: 'zh' | 'en'): string {
  const words = WORDS[language];
  const plugins = [...new Set(faults.map(({ plugin }) => plugin))];
  const lines = plugins.flatMap((plugin) => ['', plugin, ...faults.filter((fault) => fault.plugin === plugin).flatMap((fault) => faultLines(fault, language))]);
  return [words.faults(faults.length, plugins.length), ...lines].join('\n');
}

function faultLines({ code, path, found, expected, nearest }: Fault, language: 'zh' | 'en'): string[] {
  const words = WORDS[language];
  const hint = nearest.length > 0 ? [`    ${words.nearest}: ${nearest.join(', ')}`] : [];
  return [`  ${code} ${path}: ${FAULTS[code][language]}`, `    ${words.found}: ${found}`, `    ${words.expected}: ${expected[language]}`, ...hint];
}

/** A fault on one line, in both languages. */
export function faultText({ code, plugin, path, found, expected, nearest }: Fault): Text {
  const hint = { zh: nearest.length > 0 ? `;${WORDS.zh.nearest}:${nearest.join('、')}` : '', en: nearest.length > 0 ? `; ${WORDS.en.nearest}: ${nearest.join(', ')}` : '' };
  return text(
    `插件${plugin} ${path}(${code}):${FAULTS[code].zh};${WORDS.zh.found}:${found};${WORDS.zh.expected}:${expected.zh}${hint.zh}`,
    `plugin ${plugin} ${path} (${code}): ${FAULTS[code].en}; ${WORDS.en.found}: ${found}; ${WORDS.en.expected}: ${expected.en}${hint.en}`,
  );
}
