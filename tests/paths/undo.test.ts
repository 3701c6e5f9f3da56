import { describePaths } from './kit/suite.ts';
import { undoModel } from './undo.model.ts';

describePaths(undoModel);
