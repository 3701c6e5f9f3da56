import { type Role, roles } from './roles.ts';
import { visitOf } from './visit.ts';

// What each role loads is a chunk of its own: the plain reader's page holds no code of the product.
const visit = visitOf(location.search);
try {
  const { main } = await roles[visit.role as Role]();
  await main(visit);
} catch (error) {
  await visit.report('failed', String(error instanceof Error ? (error.stack ?? error) : error));
}
