import { exportModel } from './export.model.ts';
import { describePaths } from './kit/suite.ts';

describePaths(exportModel);
