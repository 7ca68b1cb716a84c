import { ACTS } from '../../plugin-host/records.ts';
import type { Act } from '../../plugin-host/records.ts';
import { boolean, choice, dayType, textType } from '../../kernel/facts.ts';
import type { Text } from '../../kernel/text.ts';
import { text } from '../../kernel/text.ts';
import type { Column, Kind } from './column.ts';

const same = (value: string): Text => text(value, value);

/** Stages of schooling, of an institution or of what someone teaches. */
export const STAGES: Readonly<Record<string, Text>> = {
  kindergarten: text('幼儿园', 'kindergarten'),
  primary: text('小学', 'primary'),
  junior: text('初中', 'junior secondary'),
  senior: text('高中', 'senior secondary'),
  nineYear: text('九年一贯制', 'nine-year'),
  secondary: text('完全中学', 'complete secondary'),
  vocational: text('中职', 'vocational'),
  special: text('特殊教育', 'special education'),
  other: text('其他', 'other'),
};
const OWNERSHIPS: Readonly<Record<string, Text>> = { public: text('公办', 'public'), private: text('民办', 'private') };
export const IDENTITY_KINDS: Readonly<Record<string, Text>> = {
  resident: text('居民身份证', 'resident identity card'),
  residencePermit: text('港澳台居民居住证', 'residence permit'),
  foreignPermanent: text('外国人永久居留身份证', 'foreign permanent resident identity card'),
  permit: text('通行证', 'permit'),
  passport: text('护照', 'passport'),
  other: text('其他证件', 'other'),
};
export const SEXES: Readonly<Record<string, Text>> = { male: text('男', 'male'), female: text('女', 'female') };
const ACT_NAMES: Readonly<Record<Act, Text>> = {
  declared: text('已申报', 'declared'),
  reviewed: text('已审核', 'reviewed'),
  recognised: text('已认定', 'recognised'),
  refused: text('不予认定', 'refused'),
  reversed: text('已撤销', 'reversed'),
};
export const ACT_LABELS: Readonly<Record<string, Text>> = Object.fromEntries(ACTS.map((act) => [act, ACT_NAMES[act]]));

const key = (zh: string, en: string, aliases: readonly string[], example: string): Column => ({
  name: 'key',
  titles: text(zh, en),
  aliases,
  required: true,
  about: text('在本来源内唯一且不变的编号,用来识别这一行。', 'A code that is unique in this source and never changes; it says which row this is.'),
  example: same(example),
});
const from = (zh: string, en: string, required: boolean, about: Text, example: string): Column => ({ name: 'from', titles: text(zh, en), aliases: ['from', '起', '开始日期'], required, about, type: dayType(), example: same(example) });
const to = (zh: string, en: string): Column => ({ name: 'to', titles: text(zh, en), aliases: ['to', '止', '结束日期'], about: text('末日(含);空为至今。', 'Last day, included; empty: still.'), type: dayType() });
const jurisdiction = (required: boolean, example: Text): Column => ({
  name: 'jurisdiction',
  titles: text('行政区划', 'jurisdiction'),
  aliases: ['行政区划代码', '区划代码', 'jurisdiction code', 'place'],
  required,
  about: text('六位行政区划代码,或唯一的名称。', 'The official six-digit code, or a name that only one place has.'),
  example,
});
const stage = (about: Text): Column => ({ name: 'stage', titles: text('学段', 'stage'), about, type: choice(STAGES), example: text('小学', 'primary') });
const institution = (required: boolean, about: Text): Column => ({ name: 'institution', titles: text('单位编号', 'institution'), aliases: ['学校编号', '单位代码', 'institution key'], required, about, example: same('S001') });

/** The columns that do not depend on a place. `jurisdiction` columns are required only where no place is given for the file. */
export const FIXED_COLUMNS: Readonly<Record<Kind, readonly Column[]>> = {
  institutions: [
    key('单位编号', 'institution key', ['key', '学校编号', '单位代码', '编号'], 'S001'),
    { name: 'name', titles: text('名称', 'name'), aliases: ['单位名称', '学校名称'], required: true, about: text('全称。', 'The full name.'), example: text('示例小学', 'Example Primary School') },
    jurisdiction(true, same('')),
    stage(text('学段。', 'The stage of schooling.')),
    { name: 'ownership', titles: text('办学性质', 'ownership'), about: text('公办或民办。', 'Public or private.'), type: choice(OWNERSHIPS), example: text('公办', 'public') },
    { name: 'rural', titles: text('农村学校', 'rural'), about: text('是否农村学校。', 'Whether it lies in the country.'), type: boolean(), example: text('否', 'no') },
    { name: 'recognitions', titles: text('荣誉与认定', 'recognitions'), about: text('用分号分开,可各带起止日期。', 'Separated by semicolons, each with its days if wanted.'), type: textType(200) },
    from('生效日期', 'from', false, text('本行各项内容的首日;空为一直如此。', 'First day of what the row says; empty: since ever.'), '2016-01-01'),
    to('失效日期', 'to'),
  ],
  teachers: [
    { ...key('教师编号', 'teacher key', ['key', '工号', '编号'], 'T001'), required: false, about: text('在本来源内唯一且不变的编号;没有时以证件号码识别。', 'A code that is unique in this source and never changes; without one the identity number says who it is.') },
    { name: 'name', titles: text('姓名', 'name'), required: true, about: text('姓名。', 'The name.'), example: text('王示例', 'Wang Shili') },
    { name: 'identityKind', titles: text('证件类型', 'kind of identity document'), aliases: ['identity kind'], about: text('空为居民身份证。', 'Empty: resident identity card.'), type: choice(IDENTITY_KINDS), example: text('居民身份证', 'resident identity card') },
    { name: 'identityNumber', titles: text('证件号码', 'identity number'), aliases: ['身份证号', '身份证号码', '身份证件号', 'id number'], about: text('加密保存,只部分显示。Excel 中请将此列设为文本格式。', 'Stored encrypted and shown in part alone. In Excel format the column as text.'), example: same('110101198001010010') },
    { name: 'birthDate', titles: text('出生日期', 'birth date'), about: text('加密保存,须与证件号码一致;空则取自证件号码。', 'Stored encrypted; the same as in the identity number, from which it is taken when empty.'), type: dayType(), example: same('1980-01-01') },
    { name: 'sex', titles: text('性别', 'sex'), about: text('加密保存,须与证件号码一致;空则取自证件号码。', 'Stored encrypted; the same as in the identity number, from which it is taken when empty.'), type: choice(SEXES), example: text('男', 'male') },
    { name: 'phone', titles: text('手机号码', 'phone'), aliases: ['手机', '电话', '联系电话', '电话号码', 'mobile', 'telephone'], about: text('加密保存,只部分显示。手机或带区号的座机;境外号码以 + 和国家代码开头。', 'Stored encrypted and shown in part alone. A mobile number or one with its area code; from abroad with + and the code of the country.'), example: same('13800138000') },
    institution(true, text('任职单位的编号。', 'The key of the institution.')),
    { name: 'main', titles: text('主任职', 'main'), aliases: ['是否主任职', 'main employment'], about: text('是否主要任职,空为是;考核按主任职所在地进行。', 'Whether this is the main employment; empty: yes. Its place is where the person is judged.'), type: boolean(), example: text('是', 'yes') },
    from('任职起始日期', 'employed from', true, text('任职首日。', 'First day of the employment.'), '2016-09-01'),
    to('任职结束日期', 'employed to'),
    stage(text('任教学段。', 'The stage that is taught.')),
    { name: 'subject', titles: text('任教学科', 'subject'), aliases: ['学科'], about: text('任教学科。', 'The subject that is taught.'), type: textType(100), example: text('语文', 'Chinese') },
    { name: 'roles', titles: text('岗位', 'roles'), about: text('用分号分开,可各带起止日期:班主任 2017-09-01..2019-08-31。', 'Separated by semicolons, each with its days if wanted: headTeacher 2017-09-01..2019-08-31.') },
  ],
  courses: [
    key('课程编号', 'course key', ['key', '编号'], 'C001'),
    { name: 'title', titles: text('课程名称', 'title'), aliases: ['名称'], required: true, about: text('课程名称。', 'The title.'), example: text('示例课程', 'Example course') },
    jurisdiction(true, same('')),
    institution(false, text('开课单位的编号。', 'The key of the institution that gives it.')),
    { name: 'book', titles: text('账册', 'book'), about: text('学分或学时记在哪一本账册,空为该地自己的账册。', 'In which book its credits or hours are kept; empty: that of the place.') },
    from('开课日期', 'from', false, text('首日。', 'First day.'), '2016-01-01'),
    to('停课日期', 'to'),
  ],
  credits: [
    key('记录编号', 'entry key', ['key', 'id', 'entry id', '编号'], 'E001'),
    { name: 'teacher', titles: text('教师编号', 'teacher'), aliases: ['工号', 'teacher key'], about: text('教师在本来源内的编号;也可改用证件号码。', 'The key of the teacher in this source; the identity number does as well.'), example: same('T001') },
    { name: 'identityNumber', titles: text('证件号码', 'identity number'), aliases: ['身份证号', '身份证号码', '身份证件号', 'id number'], about: text('没有教师编号时填写。', 'Where there is no key of the teacher.') },
    jurisdiction(true, same('')),
    { name: 'book', titles: text('账册', 'book'), about: text('学分或学时记在哪一本账册,空为该地自己的账册。', 'In which book the entry is kept; empty: that of the place.') },
    { name: 'course', titles: text('课程编号', 'course key'), aliases: ['course'], about: text('课程的编号;课程的各项内容适用于本记录,除非另填。', 'The key of the course; what is said of the course holds for the entry unless the row says otherwise.'), example: same('C001') },
    { name: 'institution', titles: text('单位编号', 'institution'), aliases: ['学校编号', '单位代码', 'institution key'], about: text('记录所属单位的编号。', 'The key of the institution to which the entry belongs.') },
    { name: 'amount', titles: text('数额', 'amount'), aliases: ['数量'], required: true, about: text('学分或学时,十进制,如 1.5。', 'Credits or hours as a decimal, such as 1.5.'), example: same('1.5') },
    { name: 'completedOn', titles: text('完成日期', 'completed on'), required: true, about: text('完成日期。', 'Day of completion.'), type: dayType(), example: same('2018-06-30') },
    { name: 'status', titles: text('状态', 'status'), about: text('空为已认定。', 'Empty: recognised.'), type: choice(ACT_LABELS), example: text('已认定', 'recognised') },
    { name: 'decides', titles: text('所认定的记录', 'decides'), about: text('本记录是对哪一条在别处取得的记录作出的决定(其编号)。', 'The key of an entry earned elsewhere that this one is the decision about.') },
  ],
};
