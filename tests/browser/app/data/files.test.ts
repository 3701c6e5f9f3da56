import { describeProblems } from '../problems/support/suite.ts';
import { conflictScenes } from './support/conflictScenes.tsx';
import { exportScenes } from './support/exportScenes.tsx';
import { importScenes } from './support/importScenes.tsx';

describeProblems('Importing', importScenes);
describeProblems('Conflicts', conflictScenes);
describeProblems('Exporting', exportScenes);
