import { conflictsModel } from './conflicts.model.ts';
import { describePaths } from './kit/suite.ts';

describePaths(conflictsModel);
