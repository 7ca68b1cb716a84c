import { allOf, allowed, type Check, either, holds, is, notApplicable, offset, onlyFor, part, type RuleSpec, text } from '../../../src/plugin-kit.ts';
import { DISTRICT_GROUNDS } from '../facts/offsets.ts';
import { allowedIf, changesCategory, changesTraining, claimsOwnCell, filedByDistrict, grantedUpTo, grantsAmount, moveIs, onlySurplus } from '../formulas/offset-question.ts';

const rule = (slug: string, clause: string, spec: Omit<RuleSpec, 'id' | 'kind' | 'source'>): RuleSpec => offset({ id: `sh-2016-credit/${slug}`, source: { document: 'sh-2016-credit', clause }, ...spec });

const SPECIAL = ['national', 'municipalSpecial'];
const isLevelMove = moveIs('changes-level', ({ fromLevel, toLevel }) => (fromLevel !== undefined || toLevel !== undefined) && fromLevel !== toLevel);
const NO_LEVEL_MOVE = text('这不是级别之间的冲抵。', 'This is no offset between levels.');
const NOT_CONCERNED = text('该冲抵不涉及本条。', 'This offset is not concerned.');
const asksAmount = moveIs('asks-amount', ({ amount }) => amount !== undefined);
const keepsCategory = (move: Parameters<typeof changesCategory>[0]): boolean => !changesCategory(move) && !move.degree;

/** Permission first; only what is allowed is measured. */
const thenAmount = (permission: Check, amount: Check): Check => either(permission, either(asksAmount, amount, allowed()), permission);

const fromSpecial = allowedIf(
  'national',
  'offset-national-refused',
  ['move.fromLevel', 'move.toLevel'],
  (move) => ['municipal', 'district'].includes(move.toLevel ?? '') && keepsCategory(move),
);
const byProperOrganiser = allowedIf('organiser', 'offset-organiser-refused', [], ({ organiser }) => organiser !== 'other');
const fromProgramme = either(fromSpecial, byProperOrganiser, fromSpecial);

const downTheLevels = allowedIf(
  'levels',
  'offset-levels-refused',
  ['move.fromLevel', 'move.toLevel'],
  (move) => [...SPECIAL, 'municipal'].includes(move.fromLevel ?? '') && move.toLevel === 'district' && keepsCategory(move),
);
/** What lies in a cell that no row asks for is all surplus. */
const ownCellNeedsNothing = moveIs('needs-nothing', ({ fromLevel, fromCategory, neededInFrom }) => neededInFrom === undefined && (fromLevel !== 'municipal' || fromCategory === 'practice' || fromCategory === 'none'));
const saysWhatIsNeeded = moveIs('says-needed', ({ neededInFrom }) => neededInFrom !== undefined);
const surplus = either(ownCellNeedsNothing, onlySurplus([]), either(saysWhatIsNeeded, onlySurplus(['move.heldInFrom']), onlySurplus(['move.fromCategory', 'move.heldInFrom'])));

const levels: readonly RuleSpec[] = [
  rule('3.1-national', '三.1', {
    topic: 'credit/offset/national',
    summary: text('教育部及其认可单位的国家级项目、市办组织或委托的市级专项培训,可冲抵市级学分。', 'National programmes of the Ministry or bodies that it recognises, and municipal special programmes of the municipal office, may offset municipal credits.'),
    reading: {
      name: 'chain-of-steps',
      text: text('冲抵区级须经两步:先依本条冲抵市级,再依3.2;每一步允许则整体允许。类别不变。', 'To the district it takes two steps, this one and that of 3.2; a chain is allowed when each step is. The category stays.'),
    },
    check: onlyFor(isLevelMove, onlyFor(is('move.fromLevel', SPECIAL), thenAmount(fromProgramme, grantsAmount), NOT_CONCERNED), NO_LEVEL_MOVE),
  }),
  rule('3.2-levels', '三.2', {
    topic: 'credit/offset/levels',
    summary: text('市级学分可冲抵区级学分,反之不可;市、区级学分均不可冲抵校本研修学分。', 'Municipal credits may offset district credits, never the other way; neither offsets school-based credits.'),
    reading: {
      name: 'listed-steps-only',
      text: text(
        '未列出的一律不可,故校本学分不能冲抵其他级别。每一步允许则整体允许;是否允许只看级别与类别。单独询问时,原级别和类别自身须修的学分(含必修信息技术课程)不得转出,超出余额的冲抵不予同意,学分留在原处。整体评定时自动冲抵,仅以减少缺口为限,并取移动最少的方案;也可要求不冲抵。每个学分只计入一个单元。',
        'What is not listed is forbidden, so school-based credits move to no other level. A chain is allowed when each step is; level and category alone decide. Asked about a single move, what its own cell needs (its required IT course included) does not move; more is refused and the credit stays. An assessment applies offsets by itself, only as far as they lower the gap, and moves the least; it can be asked without. A credit counts in one cell.',
      ),
    },
    check: onlyFor(isLevelMove, onlyFor(moveIs('beyond-municipal', ({ fromLevel, toLevel }) => !(SPECIAL.includes(fromLevel ?? '') && toLevel === 'municipal')), thenAmount(downTheLevels, surplus), NOT_CONCERNED), NO_LEVEL_MOVE),
  }),
];

const isTrainingMove = moveIs('changes-training', changesTraining);

const principal = rule('3.3-principal', '三.3', {
  topic: 'credit/offset/principal',
  summary: text('校(园)长培训学分可冲抵教师培训学分,反之不可。', "Principals' training credits may offset teachers' training credits, never the other way."),
  reading: {
    name: 'seen-by-both',
    text: text(
      '级别与类别不变。同一学分既计入校(园)长要求,也依本条计入教师要求,两者不相加;并不发生转移,教师各项可见标记为校(园)长培训的学分(要求不冲抵时仅1.8可见)。',
      "They keep their level and category. The same credit counts for the principal's requirement and, by this clause, for the teacher's: the two are not added up. No move takes place; asked without offsets only 1.8 sees them.",
    ),
  },
  check: onlyFor(
    isTrainingMove,
    thenAmount(allowedIf('principal', 'offset-principal-refused', [], ({ fromTraining }) => fromTraining === 'principal'), grantsAmount),
    text('这不是校(园)长与教师培训学分之间的冲抵。', "This is no offset between principals' and teachers' credits."),
  ),
});

const isByDegree = moveIs('by-degree', ({ degree }) => degree !== undefined && degree !== null);
const byDegree = allOf({
  certificate: part(text('有毕业证书或学历证书', 'a certificate'), holds('move.degree.certificate', { help: text('凭毕业证书或学历证书申请。', 'Apply with the certificate.') })),
  higherThanHeld: part(text('高于原有学历', 'above the degree held'), holds('move.degree.higherThanHeld')),
  category: part(text('师德与素养或知识与技能', 'ethics and literacy or knowledge and skills'), is('move.toCategory', ['ethicsLiteracy', 'knowledgeSkills'], { help: text('学历进修不能冲抵实践体验。', 'A degree never covers practice.') })),
});

const degree = rule('3.4-degree', '三.4', {
  topic: 'credit/offset/degree',
  summary: text('高一层次学历进修凭证书可冲抵师德与素养、知识与技能学分;此外各类别不得相互冲抵。', 'Study for a higher degree, proved by its certificate, offsets ethics and literacy and knowledge and skills; apart from this no category offsets another.'),
  reading: {
    name: 'recognised-amount',
    text: text(
      '数额为凭证书认定的学分,按需分配于两类;只有高于原有学历的才算。计入类别各项与总量,级别各项只按其认定的级别计入;不能冲抵实践体验(离岗学习见2.2)。',
      'The amount is the one recognised for the certificate, shared over the two categories as needed; only a degree above the one held counts. It counts in the category rows and the total, in a level row only as it was recognised. It never covers practice (but see 2.2 for study leave).',
    ),
  },
  check: onlyFor(
    moveIs('degree-or-category', (move) => Boolean(move.degree) || changesCategory(move)),
    either(
      isByDegree,
      thenAmount(byDegree, grantsAmount),
      either(
        moveIs('study-leave', ({ onStudyLeave, toCategory }) => onStudyLeave === true && toCategory === 'practice'),
        notApplicable('NOT_BOUND', text('离岗学习者可以其他类别的学分冲抵实践体验:2.2的例外优先于本条的禁止。', 'A teacher on study leave may use credits of another category for practice: the exception of 2.2 goes before the ban of this clause.')),
        allowedIf('category', 'offset-category-refused', [], () => false),
      ),
    ),
    text('这不是类别之间的冲抵。', 'This is no offset between categories.'),
  ),
});

const itCourses = rule('3.5-it', '三.5', {
  topic: 'credit/offset/it-course',
  params: { general: 1, professional: 3, applied: 1 },
  summary: text(
    '凭信息技术应用能力提升工程结业证明:通识课程冲抵市级知识与技能1学分,专业课程冲抵区级知识与技能3学分,实践应用课程冲抵校级实践体验1学分。',
    "With the IT-ability programme's certificate: general course 1 municipal knowledge credit, professional course 3 district knowledge credits, applied course 1 school-based practice credit.",
  ),
  reading: {
    name: 'own-cell-and-amount',
    text: text(
      '须有结业证明。每门课程只计入其自身单元,且以规定数额为限:申请更多的,超出部分不予同意;申请计入其他单元的,不予同意。它满足1.1中必修的信息技术部分,满足必修部分的不算余额。',
      'Needs the certificate. Each course counts in its own cell only and for exactly its amount: a larger claim is granted up to it and the rest refused, a claim for another cell is refused. It fills the required IT part of 1.1, and what fills a required part is no surplus.',
    ),
    values: { general: 'municipal/knowledgeSkills', professional: 'district/knowledgeSkills', applied: 'school/practice' },
  },
  check: either(
    holds('itClaim.certificate'),
    either(claimsOwnCell, grantedUpTo, claimsOwnCell),
    holds('itClaim.certificate', { help: text('凭结业证明申请。', "Apply with the programme's certificate.") }),
  ),
});

const districts = rule('3.6-district', '三.6', {
  topic: 'credit/offset/district',
  summary: text('区可就所列情形制定区级学分冲抵办法,并报市办备案。', 'Districts may set rules for offsetting district credits on the grounds listed, and file them with the municipal office.'),
  reading: {
    name: 'in-force-when-filed',
    text: text('区公布的规则设定及其备案日期;备案之前不生效;所列情形为其边界。', "A published rule setting with its filing day; not in force before it is filed; the listed grounds are its bounds."),
    values: { grounds: Object.keys(DISTRICT_GROUNDS).filter((ground) => ground !== 'other') },
  },
  check: filedByDistrict,
});

/** Part 3: which credits may stand in for which. Moves themselves are data of the ledger `sh-2016`. */
export const offsets2016: readonly RuleSpec[] = [...levels, principal, degree, itCourses, districts];
