import { type DecisionSpec, text } from '../../src/plugin-kit.ts';

const decision = (name: string, about: DecisionSpec['about'], title: [string, string], question: [string, string], rules: readonly string[], asks?: readonly string[]): DecisionSpec => ({
  name,
  about,
  title: text(...title),
  question: text(...question),
  rules: rules.map((rule) => `jx-2014-36/${rule}`),
  ...(asks && { asks }),
});

export const decisions: readonly DecisionSpec[] = [
  decision('allStaffTraining', 'teacher', ['全员培训对象', 'All-staff training'], ['教师是否应参加全员培训?', 'Does the teacher take part in the all-staff training?'], ['1-all-staff']),
  // The national prerequisite takes part in the decision of the same name.
  decision('periodicRegistration', 'teacher', ['定期注册', 'Periodic registration'], ['培训方面是否具备资格再注册的条件?', 'Does the training allow the qualification to be registered again?'], ['1-all-staff']),
  decision('makeUpTraining', 'teacher', ['补训', 'Make-up training'], ['教师是否列入2014~2015学年度补训?', 'Does the teacher take part in the make-up training of 2014-2015?'], ['3-make-up', '3.1-age'], ['failedTraining']),
  decision('makeUpList', 'authority', ['补训名单公示', 'Publication of the make-up list'], ['不合格名单和项目是否按要求公示?', 'Were the names and failed projects published as they should be?'], ['3.1-list']),
  decision('makeUpFees', 'institution', ['补训收费与退费', 'Fees of the make-up training'], ['补训是否免费,已收费用是否全额退还?', 'Was the make-up training free, and was what had been collected refunded?'], ['3.2-free']),
  decision('offset', 'entry', ['学分冲抵', 'Offset of credits'], ['项目能否冲抵全员远程培训学分,冲抵多少?', 'Does the programme offset credits of the all-staff training, and how many?'], ['3.2-offset']),
  decision('trainingFees', 'institution', ['培训收费', 'Training fees'], ['收费是否合规?', 'May this be charged, and is the money kept as it should be?'], ['4-fees']),
];
