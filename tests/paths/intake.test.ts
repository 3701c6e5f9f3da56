import { intakeModel } from './intake.model.ts';
import { describePaths } from './kit/suite.ts';

describePaths(intakeModel);
