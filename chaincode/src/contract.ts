import './log-level.js';
// As named exports Node sees only the classes of this CommonJS package, so the decorators come from the default one.
import contractApi, { Context, Contract } from 'fabric-contract-api';
import { invoke } from './invoke.js';

const { Info, Returns, Transaction } = contractApi;

const description = 'The custody ledger for goods that cross borders';

/**
 * The contract `passage`. It only routes: what a transaction reads, decides and writes is the object of the same name in
 * `@passage/domain`. `Context` has to be imported as a value, or it becomes a parameter of every transaction.
 */
@Info({ title: 'passage', description })
export class PassageContract extends Contract {
  constructor() {
    super('passage');
  }

  @Transaction()
  @Returns('string')
  Init(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'Init', input);
  }

  @Transaction()
  @Returns('string')
  RegisterParty(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RegisterParty', input);
  }

  @Transaction()
  @Returns('string')
  UpdateParty(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'UpdateParty', input);
  }

  @Transaction()
  @Returns('string')
  DecideAeo(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'DecideAeo', input);
  }

  @Transaction()
  @Returns('string')
  GrantMandate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GrantMandate', input);
  }

  @Transaction()
  @Returns('string')
  WithdrawMandate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'WithdrawMandate', input);
  }

  @Transaction()
  @Returns('string')
  RegisterDevice(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RegisterDevice', input);
  }

  @Transaction()
  @Returns('string')
  SuspendDevice(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'SuspendDevice', input);
  }

  @Transaction()
  @Returns('string')
  ResumeDevice(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ResumeDevice', input);
  }

  @Transaction()
  @Returns('string')
  RotateDevice(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RotateDevice', input);
  }

  @Transaction()
  @Returns('string')
  StartEpoch(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'StartEpoch', input);
  }

  @Transaction()
  @Returns('string')
  RevokeDevice(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RevokeDevice', input);
  }

  @Transaction()
  @Returns('string')
  ConfirmCompromise(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ConfirmCompromise', input);
  }

  @Transaction()
  @Returns('string')
  OpenShipment(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'OpenShipment', input);
  }

  @Transaction()
  @Returns('string')
  NameParty(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'NameParty', input);
  }

  @Transaction()
  @Returns('string')
  OfferHandover(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'OfferHandover', input);
  }

  @Transaction()
  @Returns('string')
  AcceptHandover(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'AcceptHandover', input);
  }

  @Transaction()
  @Returns('string')
  RejectHandover(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RejectHandover', input);
  }

  @Transaction()
  @Returns('string')
  WithdrawHandover(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'WithdrawHandover', input);
  }

  @Transaction()
  @Returns('string')
  AttachWitness(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'AttachWitness', input);
  }

  @Transaction()
  @Returns('string')
  ReleaseToCarrier(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ReleaseToCarrier', input);
  }

  @Transaction()
  @Returns('string')
  WithdrawRelease(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'WithdrawRelease', input);
  }

  @Transaction()
  @Returns('string')
  PlaceHold(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'PlaceHold', input);
  }

  @Transaction()
  @Returns('string')
  DetainGoods(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'DetainGoods', input);
  }

  @Transaction()
  @Returns('string')
  ReleaseHold(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ReleaseHold', input);
  }

  @Transaction()
  @Returns('string')
  ReleaseGoods(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ReleaseGoods', input);
  }

  @Transaction()
  @Returns('string')
  FitSeal(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'FitSeal', input);
  }

  @Transaction()
  @Returns('string')
  CheckSeal(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'CheckSeal', input);
  }

  @Transaction()
  @Returns('string')
  OpenSeal(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'OpenSeal', input);
  }

  @Transaction()
  @Returns('string')
  RemoveSeal(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RemoveSeal', input);
  }

  @Transaction()
  @Returns('string')
  ReplaceSeal(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ReplaceSeal', input);
  }

  @Transaction()
  @Returns('string')
  RecordStatements(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RecordStatements', input);
  }

  @Transaction()
  @Returns('string')
  FileLateEvidence(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'FileLateEvidence', input);
  }

  @Transaction()
  @Returns('string')
  FileEquivocation(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'FileEquivocation', input);
  }

  @Transaction()
  @Returns('string')
  AnchorDocument(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'AnchorDocument', input);
  }

  @Transaction()
  @Returns('string')
  ReviseDocument(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ReviseDocument', input);
  }

  @Transaction()
  @Returns('string')
  WithdrawDocument(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'WithdrawDocument', input);
  }

  @Transaction()
  @Returns('string')
  RegisterLot(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'RegisterLot', input);
  }

  @Transaction()
  @Returns('string')
  TransferLot(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'TransferLot', input);
  }

  @Transaction()
  @Returns('string')
  TransformLots(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'TransformLots', input);
  }

  @Transaction()
  @Returns('string')
  ShipLot(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ShipLot', input);
  }

  @Transaction()
  @Returns('string')
  IssueCertificate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'IssueCertificate', input);
  }

  @Transaction()
  @Returns('string')
  SuspendCertificate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'SuspendCertificate', input);
  }

  @Transaction()
  @Returns('string')
  ResumeCertificate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'ResumeCertificate', input);
  }

  @Transaction()
  @Returns('string')
  WithdrawCertificate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'WithdrawCertificate', input);
  }

  @Transaction()
  @Returns('string')
  DrawDownCertificate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'DrawDownCertificate', input);
  }

  @Transaction()
  @Returns('string')
  KeepOpenings(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'KeepOpenings', input);
  }

  @Transaction()
  @Returns('string')
  DiscloseOpening(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'DiscloseOpening', input);
  }

  @Transaction()
  @Returns('string')
  PurgeOpening(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'PurgeOpening', input);
  }

  @Transaction()
  @Returns('string')
  LodgeDeclaration(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'LodgeDeclaration', input);
  }

  @Transaction()
  @Returns('string')
  AmendDeclaration(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'AmendDeclaration', input);
  }

  @Transaction()
  @Returns('string')
  WithdrawDeclaration(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'WithdrawDeclaration', input);
  }

  @Transaction()
  @Returns('string')
  AcceptDeclaration(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'AcceptDeclaration', input);
  }

  @Transaction(false)
  @Returns('string')
  GetLedger(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetLedger', input);
  }

  @Transaction(false)
  @Returns('string')
  GetParty(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetParty', input);
  }

  @Transaction(false)
  @Returns('string')
  GetDevice(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetDevice', input);
  }

  @Transaction(false)
  @Returns('string')
  GetShipment(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetShipment', input);
  }

  @Transaction(false)
  @Returns('string')
  GetCustoms(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetCustoms', input);
  }

  @Transaction(false)
  @Returns('string')
  GetHold(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetHold', input);
  }

  @Transaction(false)
  @Returns('string')
  GetCustody(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetCustody', input);
  }

  @Transaction(false)
  @Returns('string')
  GetStatement(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetStatement', input);
  }

  @Transaction(false)
  @Returns('string')
  GetEquivocation(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetEquivocation', input);
  }

  @Transaction(false)
  @Returns('string')
  GetAeo(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetAeo', input);
  }

  @Transaction(false)
  @Returns('string')
  GetMandate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetMandate', input);
  }

  @Transaction(false)
  @Returns('string')
  GetNaming(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetNaming', input);
  }

  @Transaction(false)
  @Returns('string')
  GetDocument(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetDocument', input);
  }

  @Transaction(false)
  @Returns('string')
  GetAnchor(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetAnchor', input);
  }

  @Transaction(false)
  @Returns('string')
  GetLot(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetLot', input);
  }

  @Transaction(false)
  @Returns('string')
  GetTransformation(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetTransformation', input);
  }

  @Transaction(false)
  @Returns('string')
  GetCertificate(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetCertificate', input);
  }

  @Transaction(false)
  @Returns('string')
  GetDrawdown(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetDrawdown', input);
  }

  @Transaction(false)
  @Returns('string')
  GetOpening(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetOpening', input);
  }

  @Transaction(false)
  @Returns('string')
  GetDeclaration(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetDeclaration', input);
  }

  @Transaction(false)
  @Returns('string')
  GetAcceptance(ctx: Context, input: string): Promise<string> {
    return invoke(ctx, 'GetAcceptance', input);
  }

  /** Any other name goes the same way, and is refused by the table of transactions. */
  override async unknownTransaction(ctx: Context): Promise<void> {
    await invoke(ctx, ctx.stub.getFunctionAndParameters().fcn, '{}');
  }
}
