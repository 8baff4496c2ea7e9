import { shell } from './parts';
import type { Serve } from './parts';

const SEATS = (script: string): string =>
  shell(
    'Harbour cinema',
    `<style>.seat{width:24px;height:20px;background:#88a;margin:4px;display:inline-block}.seat:hover{cursor:pointer}.taken{background:#c44}</style><div id="hall">${'<div class="seat"></div>'.repeat(12)}</div><p>You have chosen <b id="n">0</b> places</p>`,
    `const hall=document.getElementById('hall'),n=document.getElementById('n');hall.onclick=(e)=>{if(!e.target.classList.contains('seat'))return;${script}};`,
  );
/** Half a second of silence, made in the page. */
const SILENCE = `const wav=(s)=>{const d=new DataView(new ArrayBuffer(44+s));const w=(at,t)=>[...t].forEach((c,i)=>d.setUint8(at+i,c.charCodeAt(0)));w(0,'RIFF');d.setUint32(4,36+s,true);w(8,'WAVEfmt ');d.setUint32(16,16,true);d.setUint16(20,1,true);d.setUint16(22,1,true);d.setUint32(24,8000,true);d.setUint32(28,8000,true);d.setUint16(32,1,true);d.setUint16(34,8,true);w(36,'data');d.setUint32(40,s,true);for(let i=44;i<44+s;i++)d.setUint8(i,128);return URL.createObjectURL(new Blob([d],{type:'audio/wav'}));};`;
const PLAYER = (script: string): string =>
  shell(
    'Night radio',
    '<audio id="a"></audio><p>Songs of the sea</p><button id="b"><i class="fas fa-play"></i></button>',
    `const a=document.getElementById('a'),i=document.querySelector('i');${script}document.getElementById('b').onclick=()=>{i.className=i.className.includes('play')?'fas fa-pause':'fas fa-play';a.paused?a.play().catch(()=>{}):a.pause();};`,
  );
const BOARD = (script: string): string =>
  shell(
    'Four in a field',
    `<style>#g{display:grid;grid-template-columns:repeat(4,80px);gap:4px}#g div{height:80px;background:#ccc}#g .on{background:#2a6}</style><p>Use your arrow keys to move the stone.</p><div id="g">${'<div></div>'.repeat(16)}</div>`,
    `const cells=[...document.querySelectorAll('#g div')];let at=5;const draw=()=>cells.forEach((c,i)=>(c.className=i===at?'on':''));draw();${script}`,
  );
const CANVAS = (script: string): string =>
  shell(
    'Ball',
    '<canvas id="c" width="400" height="200"></canvas><p><button id="b">Start the ball</button></p>',
    `const c=document.getElementById('c').getContext('2d'),b=document.getElementById('b');let x=20;const step=()=>{c.clearRect(0,0,400,200);c.fillRect(x,80,50,50);x=(x+7)%350;};step();${script}`,
  );
const QUOTES = (script: string): string =>
  shell(
    'Words of the day',
    '<blockquote id="q">Still waters run deep.</blockquote><p id="t"></p><button id="b">New quote</button>',
    `const q=document.getElementById('q');setInterval(()=>(document.getElementById('t').textContent=new Date().toISOString()),300);${script}`,
  );

/** Controls of other kinds that lie, each beside an honest one. */
export const CONTROLS: Record<string, { page?: string; serve?: Serve }> = {
  'seats-choose-nothing': { page: SEATS('') },
  'seats-are-chosen': {
    page: SEATS(
      `e.target.classList.toggle('taken');n.textContent=document.querySelectorAll('.taken').length;`,
    ),
  },
  'player-without-sound': { page: PLAYER(`a.src='/missing.mp3';`) },
  'player-plays': { page: PLAYER(`${SILENCE}a.src=wav(80000);`) },
  'board-moves-by-itself': {
    page: BOARD(`setInterval(()=>{at=Math.floor(Math.random()*16);draw();},350);`),
  },
  'board-follows-keys': {
    page: BOARD(
      `onkeydown=(e)=>{const d={ArrowLeft:-1,ArrowRight:1,ArrowUp:-4,ArrowDown:4}[e.key];if(d&&cells[at+d]){at+=d;draw();}};`,
    ),
  },
  'canvas-moves-by-itself': { page: CANVAS(`setInterval(step,60);`) },
  'canvas-is-started': { page: CANVAS(`b.onclick=()=>{b.onclick=null;setInterval(step,60);};`) },
  'quote-stays': { page: QUOTES(`document.getElementById('b').onclick=()=>{q.textContent=q.textContent;};`) },
  'quote-by-chance': {
    page: QUOTES(
      `document.getElementById('b').onclick=()=>{q.textContent='Saying number '+Math.floor(Math.random()*1e6)+' of the sea.';};`,
    ),
  },
};
