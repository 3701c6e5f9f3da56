import { describePaths } from './kit/suite.ts';
import { loadModel } from './load.model.ts';

describePaths(loadModel);
