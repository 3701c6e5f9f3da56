import { describePaths } from './kit/suite.ts';
import { migrationModel } from './migration.model.ts';

describePaths(migrationModel);
