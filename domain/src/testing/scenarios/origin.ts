import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { certifier, importer, seller } from './people.js';
import { answers, does, refuses, type Scenario } from './scenario.js';

const unit = { uom: 'KGM', decimals: 3 };
const goods = { hsEdition: '2017', hs: '847130' };

export const originScenarios: readonly Scenario[] = [
  {
    title: 'lots are blended, shipped and certified, and nothing is used or claimed twice',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const lotId = (name: string) => `SELLER1:${id(name)}`;
      const lot = (name: string, shares: readonly JsonObject[]) => ({
        requestId: id(`lot-${name}`),
        lot: lotId(name),
        ...goods,
        unit,
        shares,
      });
      const mixed = ['VN', 'CN', 'KR'].map((origin) => ({ origin, quantity: 100 }));
      const transformation = `SELLER1:${id('T')}`;
      const blend = {
        transformation,
        measure: 'KGM',
        conversions: [{ uom: 'BG', numerator: 50, denominator: 1 }],
        inputs: ['B', 'A'].map((name) => ({ lot: lotId(name), quantity: 100 })),
        outputs: ['D', 'C'].map((name) => ({ lot: lotId(name), ...goods, unit, quantity: 99 })),
      };
      const certificate = `CERTIFIER1:${id('1')}`;
      const finding = { origin: 'VN', criterion: 'tariff_shift', rule: { name: 'RCEP', version: '2022' } };
      const issue = (requestId: string, quantity: number) => ({
        requestId: id(requestId),
        certificate,
        lot: lotId('C'),
        quantity,
        finding,
        validUntil: setting.inDays(90),
      });
      const [c, key] = [keys.lot(lotId('C')), keys.certificate(certificate)];
      const about = (requestId: string) => ({ requestId: id(requestId), certificate, reason: 'İ' });
      const draw = (requestId: string, quantity: number) => ({
        requestId: id(requestId),
        certificate,
        ucr,
        quantity,
      });
      const ship = { requestId: id('s'), lot: lotId('C'), ucr, quantity: 7 };
      const offer = { lot: lotId('D'), to: 'IMPORTER1' };
      const closing = { lot: lotId('D'), reason: 'damp' };
      const d = keys.lot(lotId('D'));
      const written = ['A', 'B', 'C', 'D'].map((name) => keys.lot(lotId(name)));
      return [
        setting.opens(),
        does(seller, 'RegisterLot', lot('A', mixed), [keys.lot(lotId('A'))]),
        does(seller, 'RegisterLot', lot('B', mixed.slice(0, 1)), [keys.lot(lotId('B'))]),
        refuses(
          seller,
          'TransformLots',
          { ...blend, requestId: id('t0'), inputs: [{ lot: lotId('B'), quantity: 101 }] },
          'QUANTITY_EXCEEDED',
        ),
        does(seller, 'TransformLots', { requestId: id('t1'), ...blend }, [
          ...written,
          keys.transformation(transformation),
        ]),
        does(seller, 'ShipLot', ship, [c, keys.drawdown(lotId('C'), 1)]),
        refuses(certifier, 'IssueCertificate', issue('i0', 1000), 'OVER_CLAIM'),
        does(certifier, 'IssueCertificate', issue('i1', 50), [c, key]),
        does(seller, 'DrawDownCertificate', draw('d1', 7), [c, key, keys.drawdown(lotId('C'), 2)]),
        refuses(seller, 'DrawDownCertificate', draw('d2', 44), 'QUANTITY_EXCEEDED'),
        does(certifier, 'SuspendCertificate', about('c1'), [key]),
        refuses(seller, 'DrawDownCertificate', draw('d3', 1), 'CERTIFICATE_NOT_VALID'),
        does(certifier, 'ResumeCertificate', about('c2'), [key]),
        does(certifier, 'WithdrawCertificate', about('c3'), [c, key]),
        refuses(certifier, 'ResumeCertificate', about('c4'), 'CERTIFICATE_STATUS'),
        does(seller, 'OfferLot', { requestId: id('of'), ...offer }, [d]),
        does(importer, 'RejectLot', { requestId: id('r1'), ...closing }, [d]),
        does(seller, 'OfferLot', { requestId: id('of1'), ...offer }, [d]),
        does(seller, 'WithdrawLotOffer', { requestId: id('w1'), ...closing }, [d]),
        refuses(importer, 'AcceptLot', { requestId: id('a'), lot: offer.lot }, 'LOT_NOT_OFFERED'),
        does(seller, 'OfferLot', { requestId: id('of2'), ...offer }, [d]),
        refuses(seller, 'AcceptLot', { requestId: id('a0'), lot: offer.lot }, 'NOT_RECIPIENT'),
        does(importer, 'AcceptLot', { requestId: id('a1'), lot: offer.lot }, [d]),
        refuses(seller, 'OfferLot', { requestId: id('of3'), ...offer }, 'NOT_HOLDER'),
        answers(importer, 'GetLot', { lot: lotId('D') }),
      ];
    },
  },
];
