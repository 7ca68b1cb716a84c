import type { FactType } from '../kernel/facts.ts';
import type { Language } from '../i18n/render.ts';
import type { Text } from '../kernel/text.ts';
import { NATION } from '../kernel/jurisdiction.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { Column, Kind } from './columns/column.ts';
import { columnsOf } from './columns/of-places.ts';

const SHEETS = { data: { zh: '数据', en: 'data' }, columns: { zh: '说明', en: 'columns' } } as const satisfies Record<string, Text>;
const EXPLAINED: Readonly<Record<Language, readonly string[]>> = { zh: ['列', '名称', '必填', '说明', '可填的值'], en: ['column', 'name', 'required', 'what it holds', 'values'] };
/** Rows below the example in which Excel keeps what is typed as text. */
const TEXT_ROWS = 200;
const LONGEST_LIST = 60;

/**
 * An XLSX file to fill in: the columns of a kind with their titles and one row as an example, and a sheet that says of
 * each column what it holds. With a place it has that place's columns, else those of all.
 */
export async function templateOf(kind: Kind, registry: Registry, jurisdiction: string | null, language: Language): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const columns = columnsOf(kind, registry, jurisdiction);
  const place = jurisdiction ?? registry.plugins.find((plugin) => plugin.jurisdiction.code !== NATION && plugin.records?.entries)?.jurisdiction.code ?? NATION;
  // The example is a row of one place: what others declare stays empty in it.
  const ofPlace = new Set(columnsOf(kind, registry, place).map(({ name }) => name));
  const text = (value: string) => ({ value, type: String, format: '@' });
  const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });
  const blank = columns.map(() => ({ type: String, format: '@' }));
  return writeExcelFile([
    {
      sheet: SHEETS.data[language],
      columns: columns.map(({ titles }) => ({ width: Math.max(12, titles[language].length * 2) })),
      stickyRowsCount: 1,
      data: [columns.map(({ titles }) => bold(titles[language])), columns.map((column) => text(ofPlace.has(column.name) ? exampleOf(column, place, language) : '')), ...Array.from({ length: TEXT_ROWS }, () => blank)],
    },
    {
      sheet: SHEETS.columns[language],
      columns: [{ width: 24 }, { width: 24 }, { width: 8 }, { width: 70 }, { width: 60 }],
      stickyRowsCount: 1,
      data: [EXPLAINED[language].map(bold), ...columns.map((column) => explain(column, language).map(text))],
    },
  ]).toBuffer();
}

function exampleOf({ name, example, type, names, isOfPlace, isSettled }: Column, place: string, language: Language): string {
  if (name === 'jurisdiction') return place;
  if (example) return example[language];
  if (!isOfPlace || isSettled || type?.kind !== 'choice') return '';
  const [first = ''] = Object.keys(type.options);
  return (names?.[first] ?? type.options[first])?.[language] ?? first;
}

const explain = ({ name, titles, required, about, type, names }: Column, language: Language): string[] => [titles[language], name, required ? (language === 'zh' ? '是' : 'yes') : '', about[language], type ? valuesOf(type, names, language) : ''];

/** What can be written: the words for a choice, the form of anything else. */
function valuesOf(type: FactType, names: Readonly<Record<string, Text>> | undefined, language: Language): string {
  const isChinese = language === 'zh';
  switch (type.kind) {
    case 'boolean':
      return isChinese ? '是 / 否' : 'yes / no';
    case 'day':
      return 'YYYY-MM-DD';
    case 'choice': {
      const values = Object.entries(type.options).map(([value, label]) => `${(names?.[value] ?? label)[language]} (${value})`);
      return values.length <= LONGEST_LIST ? values.join(isChinese ? ';' : '; ') : `${values.slice(0, 3).join('; ')} …`;
    }
    case 'amount':
      return type.perWhole === undefined ? (isChinese ? '十进制数' : 'a decimal') : `${isChinese ? '十进制数,最小单位' : 'a decimal, in steps of'} 1/${type.perWhole}`;
    case 'integer':
    case 'money':
      return isChinese ? '整数' : 'a whole number';
    case 'list':
    case 'record':
      return 'JSON';
    default:
      return '';
  }
}
