import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { needSharedData } from '@passage/testing';
import { simpleCsv } from '../testing/simple-csv.js';
import type { Declaration } from './declaration.js';
import { DeclarationError, type DeclarationErrorCode } from './declaration-error.js';
import { loadDeclarations as read } from './read-declarations.js';

const sample = fileURLToPath(new URL('../../data/sample-declarations.csv', import.meta.url));
const [header = '', first = '', second = ''] = readFileSync(sample, 'utf8').split('\n');

describe('readDeclarations', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-declarations-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (text: string | Buffer): string => {
    const path = join(folder, 'declarations');
    writeFileSync(path, text);
    return path;
  };
  const refused = async (code: DeclarationErrorCode, path: string): Promise<string> => {
    const error: unknown = await read(path).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(DeclarationError).and.have.property('code', code);
    return (error as DeclarationError).message;
  };

  it('reads our sample: every way of travelling, and odd rows', async () => {
    const declarations = await read(sample);
    expect(new Set(declarations.map(({ transportMode }) => transportMode))).to.deep.equal(
      new Set(['1', '2', '3', '4', '5', '9']),
    );
    expect(declarations[0]).to.deep.equal({
      id: '50000001',
      date: '2021-02-01',
      office: '30',
      transportMode: '1',
      declarant: 'BROKERA',
      importer: 'IMPALFA',
      seller: 'SELLER1',
      hs: '090111',
      hsEdition: '2017',
      departure: 'VN',
      origin: 'VN',
    });
    const odd = (id: string): Declaration | undefined => declarations.find((row) => row.id === id);
    expect(odd('50000005')).not.to.have.property('seller');
    expect(odd('50000006'), 'zero mass').to.have.property('hs', '847130');
    expect(odd('50000011')).to.have.property('departure', 'KR');
    expect(odd('50000012')).to.have.property('origin', 'ZZ');
  });

  it('carries neither price nor tax nor mass on', async () => {
    const row = first
      .replace('18200.0', '987654.5')
      .replace('41250.0', '876543.5')
      .replace(',2.0,', ',76.5,');
    const [declaration] = await read(written(`${header}\n${row}\n`));
    expect(JSON.stringify(declaration)).not.to.match(/987654|876543|76\.5/);
  });

  it('reads gzip by its first bytes, whatever the name, and stops at the limit', async () => {
    const path = written(gzipSync(readFileSync(sample)));
    expect(await read(path)).to.deep.equal(await read(sample));
    expect(await read(path, 3)).to.deep.equal((await read(sample)).slice(0, 3));
    expect(await read(path, 0)).to.deep.equal([]);
  });

  it('takes columns in any order, more columns, a byte order mark, quotes and CRLF', async () => {
    const turn = (line: string): string => [...line.split(',').toReversed(), '"x, y"'].join(',');
    const text = `\uFEFF${turn(header)}\r\n${turn(first)}\r\n`;
    expect(await read(written(text))).to.deep.equal(await read(sample, 1));
  });

  it('takes the 2022 edition of the Harmonized System from the day it came into force', async () => {
    const onDay = (day: string): string => `${header}\n${first.replace('2021-02-01', day)}\n`;
    expect((await read(written(onDay('2021-12-31'))))[0]).to.have.property('hsEdition', '2017');
    expect((await read(written(onDay('2022-01-01'))))[0]).to.have.property('hsEdition', '2022');
  });

  it('names the line and every column that is malformed', async () => {
    const bad = second.replace('2021-02-01', '2021-02-30').replace(',DE,', ',D1,').replace('640.5', '-1');
    const message = await refused('DECLARATION_MALFORMED', written(`${header}\n${first}\n${bad}\n`));
    expect(message)
      .to.include('Line 3')
      .and.include('Date')
      .and.include('Country of Departure')
      .and.include('Net Mass');
    expect(message).to.include('"2021-02-30"').and.not.include('Importer');
  });

  it('refuses each column that breaks its rule', async () => {
    const [id, date, office, , , , , mode, declarant, importer, seller, , hs] = first.split(',');
    const spoilt: [string | undefined, string, string][] = [
      [id, 'A/B', 'Declaration ID'],
      [date, '01.02.2021', 'Date'],
      [`${office},B`, '3x,B', 'Office ID'],
      [`,${mode},BRO`, ',11,BRO', 'Mode of Transport'],
      [declarant, '', 'Declarant ID'],
      [importer, 'imp alfa', 'Importer ID'],
      [seller, 'SELLER/1', 'Seller ID'],
      [hs, '9011', 'HS6 Code'],
      ['41250.0', 'much', 'Item Price'],
    ];
    for (const [from = '?', to, column] of spoilt) {
      const message = await refused(
        'DECLARATION_MALFORMED',
        written(`${header}\n${first.replace(from, to)}\n`),
      );
      expect(message).to.include('Line 2').and.include(column);
    }
  });

  it('refuses a short line, an endless quote and a declaration that comes twice', async () => {
    const short = first.split(',').slice(0, 9).join(',');
    expect(await refused('DECLARATION_MALFORMED', written(`${header}\n${short}\n`))).to.include(
      'Line 2 has 9 fields',
    );
    await refused('DECLARATION_MALFORMED', written(`${header}\n"${first}\n`));
    const twice = written(`${header}\n${first}\n${second}\n${first}\n`);
    expect(await refused('DECLARATION_MALFORMED', twice))
      .to.include('Line 4')
      .and.include('line 2');
  });

  it('says in a sentence that a file is missing, is none, is cut short or is something else', async () => {
    await refused('DECLARATIONS_NOT_FOUND', join(folder, 'none.csv'));
    await refused('DECLARATIONS_UNREADABLE', folder);
    await refused('DECLARATIONS_UNREADABLE', written(gzipSync(readFileSync(sample)).subarray(0, 200)));
    await refused('DECLARATIONS_HEADER', written(''));
    const message = await refused(
      'DECLARATIONS_HEADER',
      written(`${header.replace('Date', 'Day')}\n${first}\n`),
    );
    expect(message).to.include('lacks Date');
  });

  it('reads every row of the Korean data set as a plain reader does', async function () {
    const folderOfData = needSharedData(this, 'kcs-declarations');
    const file = 'df_syn_valid_eng.csv.gz';
    const plain = simpleCsv(folderOfData, file);
    const declarations = await read(join(folderOfData, file));
    expect(
      declarations.map(({ id, importer, seller, hs }) => [id, importer, seller ?? '', hs]),
    ).to.deep.equal(
      plain.map((row) => [row['Declaration ID'], row['Importer ID'], row['Seller ID'], row['HS6 Code']]),
    );
  }).timeout(30_000);
});
