import { proveSemantics } from '../../simulation/proveSemantics.ts';

proveSemantics();
