import {
  buildGenesisBlockOf,
  ChannelHeader,
  ConfigEnvelope,
  type ConfigGroup,
  decode,
  encode,
  Envelope,
  Payload,
  type RawBlock,
} from '@passage/ledger';

/** The same block with another header or another configuration. */
export function alteredGenesis(
  block: RawBlock,
  change: { readonly header?: Partial<ChannelHeader>; readonly group?: (group: ConfigGroup) => ConfigGroup },
): RawBlock {
  const envelope = decode(Envelope, block.envelopes[0] ?? new Uint8Array());
  const { header, data } = decode(Payload, envelope.payload);
  const { config } = decode(ConfigEnvelope, data);
  if (header === undefined || config?.channelGroup === undefined) throw new Error('no configuration');
  const channelHeader = { ...decode(ChannelHeader, header.channelHeader), ...change.header };
  const channelGroup = change.group?.(config.channelGroup) ?? config.channelGroup;
  const payload = encode(Payload, {
    header: { ...header, channelHeader: encode(ChannelHeader, channelHeader) },
    data: encode(ConfigEnvelope, { config: { ...config, channelGroup } }),
  });
  return buildGenesisBlockOf(encode(Envelope, { ...envelope, payload }));
}
