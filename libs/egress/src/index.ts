export { EgressJudge } from './egress-judge';
export { readEgressLog } from './egress-log';
export { EgressServer } from './egress-server';
export { bodyFraming, hasBody, withoutHopByHop } from './hop-by-hop';
export { OpenPhases, unionOf } from './open-phases';
export { PROXY_ENVIRONMENT } from './proxy-environment';
export { readTraffic } from './traffic-meter';
