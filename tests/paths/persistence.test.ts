import { describePaths } from './kit/suite.ts';
import { persistenceModel } from './persistence.model.ts';

describePaths(persistenceModel);
