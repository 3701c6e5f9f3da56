import { bootScenes } from './support/bootScenes.tsx';
import { loadScenes } from './support/loadScenes.tsx';
import { migrationScenes } from './support/migrationScenes.tsx';
import { noticeScenes, rootDialogScenes } from './support/persistenceScenes.tsx';
import { describeProblems } from './support/suite.ts';

describeProblems('Opening', bootScenes);
describeProblems('Loading', loadScenes);
describeProblems('Updating', migrationScenes);
describeProblems('Notices', noticeScenes);
describeProblems('The root', rootDialogScenes);
