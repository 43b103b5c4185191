/**
 * CRC algorithms by the parameters of the RevEng catalogue: width, polynomial, initial value, whether input and output are reflected,
 * final XOR; hexadecimal. The last column is the CRC of `123456789`.
 */
export const crcCatalogue = `
CRC_3_GSM 3 3 0 - - 7 4
CRC_3_ROHC 3 3 7 r r 0 6
CRC_4_G_704 4 3 0 r r 0 7
CRC_4_INTERLAKEN 4 3 f - - f b
CRC_5_EPC_C1G2 5 9 9 - - 0 0
CRC_5_G_704 5 15 0 r r 0 7
CRC_5_USB 5 5 1f r r 1f 19
CRC_6_CDMA2000_A 6 27 3f - - 0 d
CRC_6_CDMA2000_B 6 7 3f - - 0 3b
CRC_6_DARC 6 19 0 r r 0 26
CRC_6_GSM 6 2f 0 - - 3f 13
CRC_6_G_704 6 3 0 r r 0 6
CRC_7_MMC 7 9 0 - - 0 75
CRC_7_ROHC 7 4f 7f r r 0 53
CRC_7_UMTS 7 45 0 - - 0 61
CRC_8_AUTOSAR 8 2f ff - - ff df
CRC_8_BLUETOOTH 8 a7 0 r r 0 26
CRC_8_CDMA2000 8 9b ff - - 0 da
CRC_8_DARC 8 39 0 r r 0 15
CRC_8_DVB_S2 8 d5 0 - - 0 bc
CRC_8_GSM_A 8 1d 0 - - 0 37
CRC_8_GSM_B 8 49 0 - - ff 94
CRC_8_HITAG 8 1d ff - - 0 b4
CRC_8_I_432_1 8 7 0 - - 55 a1
CRC_8_I_CODE 8 1d fd - - 0 7e
CRC_8_LTE 8 9b 0 - - 0 ea
CRC_8_MAXIM_DOW 8 31 0 r r 0 a1
CRC_8_MIFARE_MAD 8 1d c7 - - 0 99
CRC_8_NRSC_5 8 31 ff - - 0 f7
CRC_8_OPENSAFETY 8 2f 0 - - 0 3e
CRC_8_ROHC 8 7 ff r r 0 d0
CRC_8_SAE_J1850 8 1d ff - - ff 4b
CRC_8_SMBUS 8 7 0 - - 0 f4
CRC_8_TECH_3250 8 1d ff r r 0 97
CRC_8_WCDMA 8 9b 0 r r 0 25
CRC_10_ATM 10 233 0 - - 0 199
CRC_10_CDMA2000 10 3d9 3ff - - 0 233
CRC_10_GSM 10 175 0 - - 3ff 12a
CRC_11_FLEXRAY 11 385 1a - - 0 5a3
CRC_11_UMTS 11 307 0 - - 0 61
CRC_12_CDMA2000 12 f13 fff - - 0 d4d
CRC_12_DECT 12 80f 0 - - 0 f5b
CRC_12_GSM 12 d31 0 - - fff b34
CRC_12_UMTS 12 80f 0 - r 0 daf
CRC_13_BBC 13 1cf5 0 - - 0 4fa
CRC_14_DARC 14 805 0 r r 0 82d
CRC_14_GSM 14 202d 0 - - 3fff 30ae
CRC_15_CAN 15 4599 0 - - 0 59e
CRC_15_MPT1327 15 6815 0 - - 1 2566
CRC_16_ARC 16 8005 0 r r 0 bb3d
CRC_16_CDMA2000 16 c867 ffff - - 0 4c06
CRC_16_CMS 16 8005 ffff - - 0 aee7
CRC_16_DDS_110 16 8005 800d - - 0 9ecf
CRC_16_DECT_R 16 589 0 - - 1 7e
CRC_16_DECT_X 16 589 0 - - 0 7f
CRC_16_DNP 16 3d65 0 r r ffff ea82
CRC_16_EN_13757 16 3d65 0 - - ffff c2b7
CRC_16_GENIBUS 16 1021 ffff - - ffff d64e
CRC_16_GSM 16 1021 0 - - ffff ce3c
CRC_16_IBM_3740 16 1021 ffff - - 0 29b1
CRC_16_IBM_SDLC 16 1021 ffff r r ffff 906e
CRC_16_ISO_IEC_14443_3_A 16 1021 c6c6 r r 0 bf05
CRC_16_KERMIT 16 1021 0 r r 0 2189
CRC_16_LJ1200 16 6f63 0 - - 0 bdf4
CRC_16_M17 16 5935 ffff - - 0 772b
CRC_16_MAXIM_DOW 16 8005 0 r r ffff 44c2
CRC_16_MCRF4XX 16 1021 ffff r r 0 6f91
CRC_16_MODBUS 16 8005 ffff r r 0 4b37
CRC_16_NRSC_5 16 80b ffff r r 0 a066
CRC_16_OPENSAFETY_A 16 5935 0 - - 0 5d38
CRC_16_OPENSAFETY_B 16 755b 0 - - 0 20fe
CRC_16_PROFIBUS 16 1dcf ffff - - ffff a819
CRC_16_RIELLO 16 1021 b2aa r r 0 63d0
CRC_16_SPI_FUJITSU 16 1021 1d0f - - 0 e5cc
CRC_16_T10_DIF 16 8bb7 0 - - 0 d0db
CRC_16_TELEDISK 16 a097 0 - - 0 fb3
CRC_16_TMS37157 16 1021 89ec r r 0 26b1
CRC_16_UMTS 16 8005 0 - - 0 fee8
CRC_16_USB 16 8005 ffff r r ffff b4c8
CRC_16_XMODEM 16 1021 0 - - 0 31c3
CRC_17_CAN_FD 17 1685b 0 - - 0 4f03
CRC_21_CAN_FD 21 102899 0 - - 0 ed841
CRC_24_BLE 24 65b 555555 r r 0 c25a56
CRC_24_FLEXRAY_A 24 5d6dcb fedcba - - 0 7979bd
CRC_24_FLEXRAY_B 24 5d6dcb abcdef - - 0 1f23b8
CRC_24_INTERLAKEN 24 328b63 ffffff - - ffffff b4f3e6
CRC_24_LTE_A 24 864cfb 0 - - 0 cde703
CRC_24_LTE_B 24 800063 0 - - 0 23ef52
CRC_24_OPENPGP 24 864cfb b704ce - - 0 21cf02
CRC_24_OS_9 24 800063 ffffff - - ffffff 200fa5
CRC_30_CDMA 30 2030b9c7 3fffffff - - 3fffffff 4c34abf
CRC_31_PHILIPS 31 4c11db7 7fffffff - - 7fffffff ce9e46c
CRC_32_AIXM 32 814141ab 0 - - 0 3010bf7f
CRC_32_AUTOSAR 32 f4acfb13 ffffffff r r ffffffff 1697d06a
CRC_32_BASE91_D 32 a833982b ffffffff r r ffffffff 87315576
CRC_32_BZIP2 32 4c11db7 ffffffff - - ffffffff fc891918
CRC_32_CD_ROM_EDC 32 8001801b 0 r r 0 6ec2edc4
CRC_32_CKSUM 32 4c11db7 0 - - ffffffff 765e7680
CRC_32_ISCSI 32 1edc6f41 ffffffff r r ffffffff e3069283
CRC_32_ISO_HDLC 32 4c11db7 ffffffff r r ffffffff cbf43926
CRC_32_JAMCRC 32 4c11db7 ffffffff r r 0 340bc6d9
CRC_32_MEF 32 741b8cd7 ffffffff r r 0 d2c22f51
CRC_32_MPEG_2 32 4c11db7 ffffffff - - 0 376e6e7
CRC_32_XFER 32 af 0 - - 0 bd0be338
CRC_40_GSM 40 4820009 0 - - ffffffffff d4164fc646
CRC_64_ECMA_182 64 42f0e1eba9ea3693 0 - - 0 6c40df5f0b497347
CRC_64_GO_ISO 64 1b ffffffffffffffff r r ffffffffffffffff b90956c775a41001
CRC_64_MS 64 259c84cba6426349 ffffffffffffffff r r 0 75d4b74f024eceea
CRC_64_REDIS 64 ad93d23594c935a9 0 r r 0 e9c6d914c4b8d9ca
CRC_64_WE 64 42f0e1eba9ea3693 ffffffffffffffff - - ffffffffffffffff 62ec59e3f1a4f00a
CRC_64_XZ 64 42f0e1eba9ea3693 ffffffffffffffff r r ffffffffffffffff 995dc9bbdf1939fa
CRC_82_DARC 82 308c0111011401440411 0 r r 0 9ea83f625023801fd612
`
  .trim()
  .split('\n')
  .map(
    (line) =>
      line.split(' ') as [
        name: string,
        width: string,
        poly: string,
        init: string,
        refin: string,
        refout: string,
        xorout: string,
        check: string,
      ],
  )
