import { type DecisionSpec, text } from '../../src/plugin-kit.ts';

const PREREQUISITE = ['cn-2011-1/prerequisite'];

export const decisions: readonly DecisionSpec[] = [
  {
    name: 'creditCompletion',
    about: 'teacher',
    title: text('学分(学时)完成情况', 'Completion of credits or class hours'),
    question: text('教师是否完成本周期应修的学分或学时?', 'Has the teacher completed the credits or hours of the cycle?'),
    rules: ['cn-2011-1/cycle-hours'],
  },
  {
    name: 'periodicRegistration',
    about: 'teacher',
    title: text('定期注册', 'Periodic registration'),
    question: text('培训方面是否具备资格再注册的条件?', 'Does the training allow the qualification to be registered again?'),
    rules: PREREQUISITE,
  },
  {
    name: 'titlePromotion',
    about: 'teacher',
    title: text('职称评审与职务聘任', 'Title evaluation and appointment'),
    question: text('培训方面是否具备评聘的条件?', 'Does the training allow promotion and appointment?'),
    rules: PREREQUISITE,
  },
  {
    name: 'otherUses',
    about: 'teacher',
    title: text('考核等其他用途', 'Appraisal and other uses'),
    question: text('培训方面是否具备考核等其他用途的条件?', 'Does the training allow appraisal and other uses?'),
    rules: PREREQUISITE,
  },
];
