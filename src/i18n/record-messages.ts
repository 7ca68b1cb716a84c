import type { Text } from '../kernel/text.ts';
import { text } from '../kernel/text.ts';
import type { Message } from '../kernel/text.ts';
import { render } from './render.ts';
import type { Catalog, Language } from './render.ts';

/** What is said of records, by key: to callers (`record.<code>`), and by the commands that check and archive them. */
export const recordMessages: Readonly<Record<string, Text>> = {
  'record.ACCESS_RECORD_UNAVAILABLE': text('查阅个人信息须先留下记录,而记录目前无法保存,因此没有给出结果。请稍后重试。', 'Access to personal data is recorded first. The record cannot be stored at the moment, so nothing was given out. Try again in a little while.'),
  'record.ANSWER_WITHHELD': text('改动已经完成并已记录。答复涉及更多人的个人信息,而查阅的记录目前无法保存,因此没有给出。请勿再改一次:稍后读取结果,或用同一个幂等键重发。', 'The change was made, and is on record. Its answer holds personal data of more people, and that somebody looks at them cannot be put on record at the moment, so the answer was withheld. Do not make the change again: read it in a little while, or send the same request with the same idempotency key.'),
  'record.IDEMPOTENCY_KEY_INVALID': text('幂等键应为 1 到 {most} 个可见的 ASCII 字符(没有空格),现有 {found} 个字符。例如用一个 UUID。', 'An idempotency key is 1 to {most} visible ASCII characters without spaces; this one has {found} characters. A UUID is a good one.'),
  'record.IDEMPOTENCY_KEY_REUSED': text('这个幂等键已于 {at} 用于另一请求({action}),内容与这次不同。重发同一请求时内容应保持不变;新的请求请用新的键。', 'This idempotency key was used at {at} for another request ({action}), with another content than this one. Send the same content again, or take a new key for a new request.'),
  'record.IDEMPOTENCY_IN_PROGRESS': text('使用同一幂等键的请求正在处理。请稍候用同一个键重发,届时会得到它的结果。', 'A request with this idempotency key is being processed. Send it again with the same key in a moment, and get what came of it.'),

  'record.verify.ALTERED': text('{where}:内容或校验链接被改动;链接应为 {expected},实为 {found}。', '{where}: its content or link was altered; the link should be {expected}, found {found}.'),
  'record.verify.INSERTED': text('{where}:这一行不是由系统写入的;此处不应有以 {found} 为链接的行。', '{where}: this row was put in by somebody else; no row with the link {found} belongs here.'),
  'record.verify.REMOVED': text('{where}:之前缺少序号 {expected};此处为 {found}。', '{where}: number {expected} is missing before it; found {found}.'),
  'record.verify.REORDERED': text('{where}:位置被调换;它应在序号 {expected}。', '{where}: it was moved; it belongs at number {expected}.'),
  'record.verify.CUT_TAIL': text('{where}:末尾被截去;签名的链头到序号 {expected},现只到 {found}。', '{where}: the tail was cut off; a signed head says {expected}, the chain ends at {found}.'),
  'record.verify.HEAD_MISMATCH': text('{where}:与签名的链头不符;链接应为 {expected},实为 {found}。', '{where}: a signed head says otherwise; the link should be {expected}, found {found}.'),
  'record.verify.FOREIGN_HEAD': text('{where}:链头 {found} 的签名不是本系统的。', '{where}: the head in {found} is not signed by this installation.'),
  'record.verify.UNKNOWN_KEY': text('{where}:所用的密钥 {found} 不在 AUDIT_KEY(或 audit-key)之中,无法核对;现用的是 {expected}。', '{where}: its key {found} is not among AUDIT_KEY (or audit-key), so it cannot be checked; the current one is {expected}.'),
  'record.verify.MISSING_PARTITION': text('{where}:缺少分区 {expected},也没有它的归档记录。', '{where}: the partition {expected} is missing, and no archive closes it.'),
  'record.verify.FORGED_CLOSING': text('{where}:{found} 年的归档记录不是本系统写入的。', '{where}: the closing row of {found} was not written by this installation.'),
  'record.verify.CLOSING_MISMATCH': text('{where}:{found} 年的归档应从序号 {expected} 开始。', '{where}: the archive of {found} should begin at number {expected}.'),
  'record.verify.ARCHIVE_MISSING': text('{where}:归档文件 {expected} 不在所给的目录中。', '{where}: its archive {expected} is not in the folder that was given.'),
  'record.verify.ARCHIVE_ALTERED': text('{where}:归档文件 {found} 的内容被改动或不完整;SHA-256 应为 {expected}。', '{where}: the archive {found} was altered or is not whole; its SHA-256 should be {expected}.'),
  'record.verify.NO_HEADS': text('注意:数据目录中没有签名的链头,无法发现末尾被截去。', 'Note: there are no signed heads in the data folder; a tail that was cut off cannot be noticed.'),
  'record.verify.TORN_HEAD': text('注意:链头文件的 {found} 不完整(写入时中断),已略过。', 'Note: the line {found} of the heads is not whole (its writing was interrupted) and was passed over.'),
  'record.verify.whole': text('记录完好:审计 {audit} 条,查阅 {access} 条,{chains} 条链,{heads} 个签名的链头。', 'The records are whole: {audit} audit entries, {access} accesses, {chains} chains, {heads} signed heads.'),
  'record.verify.wrong': text('发现 {count} 处问题(审计 {audit} 条,查阅 {access} 条,{chains} 条链,{heads} 个签名的链头)。', '{count} findings ({audit} audit entries, {access} accesses, {chains} chains, {heads} signed heads).'),

  'record.archive.tooYoung': text('{table} 至少保存 {years} 年:现在可归档的是 {allowed} 年以前的,而不是 {before} 年以前的。没有归档任何内容。', '{table} is kept for at least {years} years: what lies before {allowed} can leave now, not what lies before {before}. Nothing was archived.'),
  'record.archive.unsound': text('记录有问题,先不归档;详见上文和 npm run audit:verify。', 'The records are not whole, so nothing was archived; see above, and npm run audit:verify.'),
  'record.archive.left': text('{part}:{rows} 条已归档到 {file}(SHA-256 {hash})。', '{part}: {rows} rows left into {file} (SHA-256 {hash}).'),
  'record.archive.nothing': text('{before} 年以前没有可归档的记录。', 'There is nothing before {before} to archive.'),
  'record.archive.badFile': text('{file} 写入后读回的内容不符,没有归档。请检查磁盘。', '{file} does not hold what was written to it; nothing was archived from it. See to the disk.'),
  'record.archive.otherFile': text('{file} 已存在且内容不同,没有归档。请把它移走,或换一个目录。', '{file} is there and holds something else; nothing was archived. Move it away, or name another folder.'),
  'record.archive.changed': text('{part} 在归档期间有变动,没有归档。请重试。', '{part} changed while it was archived, and stays. Try again.'),
};

const catalog: Catalog = { messages: new Map(Object.entries(recordMessages)), units: new Map() };

/** What is said of records: `sayRecord('en', 'IDEMPOTENCY_KEY_REUSED')`. */
export const sayRecord = (language: Language, key: string, params: Message['params'] = {}): string => render(catalog, { key: `record.${key}`, params }, language);
