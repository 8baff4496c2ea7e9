export { intentService, startIntent } from './start';
