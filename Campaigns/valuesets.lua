-- Sets of codes that campaigns ask for by name, such as patient:has("diabetes").
--
-- An ICD-10 code stands for itself and everything below it: "E11" is also "E11.9".
-- RxNorm codes are taken as they stand. Records mostly carry the code of a product,
-- so add the products that your own records use; the ingredients are first.

return valuesets {
  -- Problems

  ["diabetes"] = {
    icd10 = { "E08", "E09", "E10", "E11", "E13" },
    snomed = {
      "73211009",         -- diabetes mellitus
      "46635009",         -- type 1
      "44054006",         -- type 2
      "127013003",        -- kidney disorder due to diabetes
      "90781000119102",   -- microalbuminuria due to type 2
      "157141000119108",  -- proteinuria due to type 2
    },
  },

  ["hypertension"] = {
    icd10 = { "I10", "I11", "I12", "I13", "I15" },
    snomed = {
      "38341003",  -- hypertensive disorder
      "59621000",  -- essential hypertension
    },
  },

  -- Medications

  ["glucose-lowering"] = {
    rxnorm = {
      "6809",     -- metformin
      "4815",     -- glyburide
      "4821",     -- glipizide
      "25789",    -- glimepiride
      "33738",    -- pioglitazone
      "593411",   -- sitagliptin
      "857974",   -- saxagliptin
      "1100699",  -- linagliptin
      "1373458",  -- canagliflozin
      "1488564",  -- dapagliflozin
      "1545653",  -- empagliflozin
      "60548",    -- exenatide
      "475968",   -- liraglutide
      "1551291",  -- dulaglutide
      "1991302",  -- semaglutide
      "2601723",  -- tirzepatide
      "274783",   -- insulin glargine
      "86009",    -- insulin lispro
      "51428",    -- insulin aspart
      "139825",   -- insulin detemir
      -- Products
      "861007",   -- metformin 500 mg tablet
      "861010",   -- metformin 850 mg tablet
      "861004",   -- metformin 1000 mg tablet
      "860975",   -- metformin 500 mg extended-release tablet
      "860981",   -- metformin 750 mg extended-release tablet
      "310490",   -- glipizide 5 mg tablet
      "199246",   -- glimepiride 2 mg tablet
      "199247",   -- glimepiride 4 mg tablet
      "665033",   -- sitagliptin 100 mg tablet
      "1373463",  -- canagliflozin 100 mg tablet
      "897122",   -- liraglutide 6 mg/ml pen
      "847232",   -- insulin glargine 100 units/ml [Lantus]
      "865098",   -- insulin lispro 100 units/ml [Humalog]
      "106892",   -- insulin isophane 70 units/ml and regular 30 units/ml [Humulin]
    },
  },

  ["blood-pressure-lowering"] = {
    rxnorm = {
      "29046",    -- lisinopril
      "3827",     -- enalapril
      "18867",    -- benazepril
      "35296",    -- ramipril
      "52175",    -- losartan
      "69749",    -- valsartan
      "17767",    -- amlodipine
      "5487",     -- hydrochlorothiazide
      "2409",     -- chlorthalidone
      "6918",     -- metoprolol
      "1202",     -- atenolol
      "20352",    -- carvedilol
      "9997",     -- spironolactone
      -- Products
      "314076",   -- lisinopril 10 mg tablet
      "314077",   -- lisinopril 20 mg tablet
      "979492",   -- losartan 50 mg tablet
      "197361",   -- amlodipine 5 mg tablet
      "310798",   -- hydrochlorothiazide 25 mg tablet
      "866412",   -- metoprolol succinate 100 mg extended-release tablet
    },
  },

  -- Measurements

  ["hba1c"] = {
    loinc = {
      "4548-4",   -- in blood
      "17856-6",  -- in blood, by HPLC
      "4549-2",   -- in blood, by electrophoresis
    },
  },

  ["systolic"] = { loinc = { "8480-6" } },
  ["diastolic"] = { loinc = { "8462-4" } },

  -- Vaccines

  ["influenza-vaccine"] = {
    cvx = { "135", "140", "141", "149", "150", "158", "161", "168", "171", "185", "186", "197", "205" },
  },

  ["pneumococcal-vaccine"] = { cvx = { "33", "133", "215", "216" } },
}
