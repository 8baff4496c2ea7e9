export { bootBehind, byApiKey, gatewayService, startGateway } from './start';
export { routeToSandbox } from './previews/route-to-sandbox';
export { ownUpgradesFirst } from './upgrades';
