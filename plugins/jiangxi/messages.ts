import { type Text, text } from '../../src/plugin-kit.ts';

export const messages: Readonly<Record<string, Text>> = {
  'jiangxi.registration-to-come': text('文件称拟从2015年起实行资格定期注册;按解读自{from}起施行,当日尚未施行。', 'The document plans periodic registration from 2015 on; it is taken as in force from {from}, so not yet on this day.'),
  'jiangxi.registration-in-force': text('文件称拟从2015年起实行资格定期注册;按解读自{from}起施行。', 'The document plans periodic registration from 2015 on; it is taken as in force from {from}.'),
  'jiangxi.too-old': text('{year}年年龄为{age}岁,补训对象不超过{limit}岁。', 'Aged {age} in {year}; trainees of the make-up training are at most {limit}.'),
  'jiangxi.amount-to-be-recognised': text('可以冲抵;文件未定数额,以认定的学分为准,尚未给出。', 'The offset is allowed. The document states no amount: what is recognised counts, and none was given.'),
};
