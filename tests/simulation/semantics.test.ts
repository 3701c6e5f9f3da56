import { proveSemantics } from './proveSemantics.ts';

proveSemantics();
