import { commitModel } from './commit.model.ts';
import { describePaths } from './kit/suite.ts';

describePaths(commitModel);
