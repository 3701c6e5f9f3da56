import { importModel } from './import.model.ts';
import { describePaths } from './kit/suite.ts';

describePaths(importModel);
