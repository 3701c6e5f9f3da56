import { describePaths } from './kit/suite.ts';
import { saveModel } from './save.model.ts';

describePaths(saveModel);
