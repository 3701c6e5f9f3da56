import { makeBench } from './bench.ts';
import { contenders } from './contenders/index.ts';

const asked = new URLSearchParams(location.search);
const make = contenders[asked.get('contender') as keyof typeof contenders];
window.bench = makeBench(await (await make()).open(), Number(asked.get('size')));
document.title = 'ready';
