/**
 * The words of the Core Business Vocabulary 2.0 (GS1 CBV sections 7.1, 7.2, 7.3 and 7.4) that EPCIS allows bare. Any
 * other word has to be written as a URI or with a prefix.
 */
function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

export const bizSteps = words(
  'accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting ' +
    'decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting ' +
    'installing killing loading other packing picking receiving removing repackaging repairing replacing reserving ' +
    'retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting ' +
    'unloading unpacking void_shipping',
);

export const dispositions = words(
  'active available completeness_inferred completeness_verified conformant container_closed container_open damaged ' +
    'destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance ' +
    'mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed ' +
    'recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown',
);

export const businessTransactionTypes = words(
  'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt',
);

export const sourceDestinationTypes = words('owning_party possessing_party location');

export const errorReasons = words('did_not_occur incorrect_data');

export const sensorComponents = words(
  'x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude ' +
    'longitude altitude',
);

export const sensorExceptions = words('ALARM_CONDITION ERROR_CONDITION');

/** What a sensor measures: the words of GS1's web vocabulary that the EPCIS 2.0 schema takes bare. */
export const measurementTypes = words(
  'AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance ' +
    'AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance ' +
    'Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity ' +
    'ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency ' +
    'Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux ' +
    'LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate ' +
    'MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux ' +
    'RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed ' +
    'SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction ' +
    'VolumetricFlux Wavenumber',
);

/** How the same words are written as a URI, as a CURIE, and in CBV 1: for one spelling in an index. */
const BIZ_STEP_PREFIXES = ['https://ref.gs1.org/cbv/BizStep-', 'cbv:BizStep-', 'urn:epcglobal:cbv:bizstep:'];
const DISPOSITION_PREFIXES = ['https://ref.gs1.org/cbv/Disp-', 'cbv:Disp-', 'urn:epcglobal:cbv:disp:'];

/** The bare CBV word for a `bizStep` however it is spelt; a word of somebody else's stays as it is. */
export function bareBizStep(text: string): string {
  return bareWord(text, BIZ_STEP_PREFIXES, bizSteps);
}

/** The same for a `disposition`. */
export function bareDisposition(text: string): string {
  return bareWord(text, DISPOSITION_PREFIXES, dispositions);
}

function bareWord(text: string, prefixes: readonly string[], known: ReadonlySet<string>): string {
  const prefix = prefixes.find((candidate) => text.startsWith(candidate));
  const word = prefix === undefined ? text : text.slice(prefix.length);
  return known.has(word) ? word : text;
}
