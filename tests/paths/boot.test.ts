import { bootModel } from './boot.model.ts';
import { describePaths } from './kit/suite.ts';

describePaths(bootModel);
