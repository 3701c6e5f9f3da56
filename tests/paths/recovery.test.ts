import { describePaths } from './kit/suite.ts';
import { recoveryModel } from './recovery.model.ts';

describePaths(recoveryModel);
