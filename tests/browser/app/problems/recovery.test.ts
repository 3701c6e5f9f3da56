import { recoveryScenes } from './support/recoveryScenes.tsx';
import { describeProblems } from './support/suite.ts';

describeProblems('Recovery', recoveryScenes);
